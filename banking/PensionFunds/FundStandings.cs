using Serverless.Banking.Accounts;
using Serverless.Banking.Approvals;
using Serverless.Banking.Channels;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.PensionFunds;

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

/// <summary>The customer's funds in his summary (ACC-02), with what the company last said they are worth.</summary>
internal sealed class OwnedFunds(FindFunds find) : ISummarySource
{
    public SummarySectionName Section => SummarySectionName.PensionFund;

    public async Task<IReadOnlyList<SummaryItem>> ListAsync(CustomerId customer, Language language, CancellationToken cancellation) =>
    [
        .. (await find.ListAsync(customer, cancellation)).Select(it => new SummaryItem(
            it.Id.ToString("D"), PensionPlans.Of(it.Plan).Name[language.Code()], it.ContractNumber, it.Figures.Value, $"pension-funds/{it.Id:D}")),
    ];
}

/// <summary>An account that an automatic contribution is taken from, or that what was paid for an open application would go back to, is not closed.</summary>
internal sealed class FundObligation(FundTable table) : IAccountObligation
{
    public async Task<Error?> FindAsync(CustomerId owner, AccountId account, CancellationToken cancellation)
    {
        var count = (await table.ListAsync(owner, cancellation)).Count(it =>
            it.Authorisation is { State: FundAuthorisationState.Active } authorisation && authorisation.From == account
            || it.Submission?.Terms?.From == account && (it.State is FundState.Draft or FundState.Submitted or FundState.Contacted || it is { State: FundState.Cancelled, IsOver: false }));
        return count > 0 ? new AccountFundsPensions(count) : null;
    }
}
