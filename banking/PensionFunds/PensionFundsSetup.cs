using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Channels;
using Serverless.Banking.Desk;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

public static class PensionFundsSetup
{
    /// <summary>
    /// Customers' own pension funds; after <c>AddTransferServices</c>. The app binds <see cref="PensionFundsOptions"/>, and adds the calendar, customers, notifications, the audit trail, partners and its
    /// <see cref="Messages.IWorkMessages"/>.
    /// </summary>
    public static IServiceCollection AddPensionFunds(this IServiceCollection services)
    {
        services.AddOptions<PensionFundsOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddTable(FundTable.Name).AddTable(FundTable.DueName);
        services.TryAddSingleton<PensionClient>();
        services.AddSingleton<FundTable>().AddSingleton<FundRules>().AddSingleton<FundNotices>().AddSingleton<FundSubmissions>().AddSingleton<FundCourse>().AddSingleton<ContributionCourse>();
        services.AddSingleton<IFundContributions, OwnFundContributions>().AddSingleton<IPartnerWebhook, FundWebhook>();
        services.AddSingleton<IDeskQueue, PensionsQueue>().AddSingleton<IRunningOrders, PensionOrders>();
        services.AddOperation<StartFund>().AddOperation<EditFund>().AddOperation<SaveFundPayment>().AddOperation<QuoteFundOpening>().AddOperation<ConfirmFundOpening>();
        services.AddOperation<AdvanceFund>().AddOperation<ListOpenFunds>().AddOperation<EraseFunds>().AddOperation<FindFunds>();
        services.AddOperation<QuoteFundSettings>().AddOperation<ConfirmFundSettings>().AddOperation<QuoteFundContribution>().AddOperation<ConfirmFundContribution>();
        return services.AddOperation<CollectDueContributions>().AddOperation<CollectContribution>();
    }
}

/// <summary>Automatic contributions go on when the channel is closed (LIFE-12).</summary>
internal sealed class PensionOrders(FindFunds find) : IRunningOrders
{
    public async Task<IReadOnlyList<RunningOrder>> RunAsync(CustomerId customer, CancellationToken cancellation) =>
    [
        .. (await find.ListAsync(customer, cancellation))
            .Where(it => it.Authorisation is { State: FundAuthorisationState.Active })
            .Select(it => new RunningOrder("pension_contribution", it.ContractNumber!, it.Authorisation!.Amount, it.Authorisation.Next?.DueOn)),
    ];
}
