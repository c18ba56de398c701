using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>The customer's accounts in his summary; a closed one is not owned any more.</summary>
internal sealed class OwnedAccounts(ListAccounts list) : ISummarySource
{
    public SummarySectionName Section => SummarySectionName.Accounts;

    public async Task<IReadOnlyList<SummaryItem>> ListAsync(CustomerId customer, Language language, CancellationToken cancellation) =>
    [
        .. (await list.RunAsync(customer, cancellation))
            .Where(account => account.Status != AccountStatus.Closed)
            .Select(account => new SummaryItem(
                account.Id.Value.ToString(), account.Name, account.Number, account.Balance, $"accounts/{account.Id.Value}")),
    ];
}

/// <summary>What the plus sign of the summary offers.</summary>
internal sealed class OfferedAccounts : ISummarySource
{
    public SummarySectionName Section => SummarySectionName.AddAccount;

    public Task<IReadOnlyList<SummaryItem>> ListAsync(CustomerId customer, Language language, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<SummaryItem>>(
        [
            new("current", language.Say("Llogari rrjedhëse", "Current account"), null, null, "accounts/products"),
            new("savings", language.Say("Llogari kursimi", "Savings account"), null, null, "accounts/products"),
        ]);
}
