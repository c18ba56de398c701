using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <param name="Key">The caller's idempotency key, made unique by who the caller is.</param>
/// <param name="Amount">Positive, in the account's currency.</param>
public sealed record CashDeposit(string Key, AccountId Account, Money Amount, string Description);

/// <summary>Books banknotes taken at a branch: cash is debited, the customer credited.</summary>
public sealed class DepositCash
{
    public Task<Result<PostedJournal>> RunAsync(CashDeposit deposit, CancellationToken cancellation) => throw new NotImplementedException();
}
