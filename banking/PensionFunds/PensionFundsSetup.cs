using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Accounts;
using Serverless.Banking.Approvals;
using Serverless.Banking.Calendar;
using Serverless.Banking.Channels;
using Serverless.Banking.Desk;
using Serverless.Banking.Documents;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

public static class PensionFundsSetup
{
    /// <summary>
    /// Customers' own pension funds; after <c>AddTransferServices</c>. The app binds <see cref="PensionFundsOptions"/>, and adds customers, customer approvals, notifications, the audit trail, partners and its
    /// <see cref="Messages.IWorkMessages"/>.
    /// </summary>
    public static IServiceCollection AddPensionFunds(this IServiceCollection services)
    {
        services.AddCheckedOptions<PensionFundsOptions>();
        services.AddCalendar().AddDocuments().AddTable(FundTable.Name).AddTable(FundTable.DueName);
        services.TryAddSingleton<PensionClient>();
        services.AddSingleton<FundTable>().AddSingleton<FundRules>().AddSingleton<FundNotices>().AddSingleton<FundSubmissions>().AddSingleton<FundCourse>().AddSingleton<ContributionCourse>();
        services.AddSingleton<IFundContributions, OwnFundContributions>().AddSingleton<IPartnerWebhook, FundWebhook>();
        services.AddSingleton<IDeskQueue, PensionsQueue>().AddSingleton<FundContract>();
        services.AddSingleton<IRunningOrders, PensionOrders>().AddSingleton<ISummarySource, OwnedFunds>().AddSingleton<IAccountObligation, FundObligation>();
        services.AddOperation<StartFund>().AddOperation<EditFund>().AddOperation<SaveFundPayment>().AddOperation<QuoteFundOpening>().AddOperation<ConfirmFundOpening>();
        services.AddOperation<AdvanceFund>().AddOperation<ListOpenFunds>().AddOperation<EraseFunds>().AddOperation<FindFunds>();
        services.AddOperation<QuoteFundSettings>().AddOperation<ConfirmFundSettings>().AddOperation<QuoteFundContribution>().AddOperation<ConfirmFundContribution>();
        return services.AddOperation<CollectDueContributions>().AddOperation<CollectContribution>();
    }
}
