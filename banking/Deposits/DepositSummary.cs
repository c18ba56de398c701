using Serverless.Banking.Accounts;
using Serverless.Banking.Approvals;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Deposits;

/// <summary>The customer's deposits in his summary (ACC-02).</summary>
internal sealed class OwnedDeposits(FindDeposits find) : ISummarySource
{
    public SummarySectionName Section => SummarySectionName.Deposits;

    public async Task<IReadOnlyList<SummaryItem>> ListAsync(CustomerId customer, Language language, CancellationToken cancellation) =>
    [
        .. (await find.ListAsync(customer, cancellation)).Select(it => new SummaryItem(
            it.Id.ToString(), language.Say("Depozitë me afat", "Term deposit"), it.ContractNumber, it.Balance, $"deposits/{it.Id}")),
    ];
}

/// <summary>The two ways of opening one.</summary>
internal sealed class OfferedDeposits : ISummarySource
{
    public SummarySectionName Section => SummarySectionName.AddDeposit;

    public Task<IReadOnlyList<SummaryItem>> ListAsync(CustomerId customer, Language language, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<SummaryItem>>(
    [
        new("by_product", language.Say("Depozitë sipas produktit", "Deposit by product"), null, null, "deposit-products"),
        new("by_maturity_date", language.Say("Depozitë sipas datës së maturimit", "Deposit by maturity date"), null, null, "deposit-products"),
    ]);
}

/// <summary>An account that live deposits will be paid back to is not closed.</summary>
internal sealed class DepositObligation(DepositTable table) : IAccountObligation
{
    public async Task<Error?> FindAsync(CustomerId owner, AccountId account, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var it in table.ListAsync(owner, cancellation))
            count += it.Funding == account && it.State is DepositState.Active or DepositState.Matured ? 1 : 0;
        return count > 0 ? new AccountFundsDeposits(count) : null;
    }
}
