using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <param name="Key">The caller's idempotency key, made unique by who the caller is.</param>
/// <param name="Amount">Positive, in the account's currency.</param>
/// <param name="Description">As the customer reads it; at most 140 characters.</param>
public sealed record CashDeposit(string Key, AccountId Account, Money Amount, string Description);

/// <summary>Books banknotes taken at a branch: cash is debited, the customer credited.</summary>
public sealed class DepositCash(PostJournal post, TimeProvider time)
{
    /// <returns>The posted journal: for a repeated key the first one. Or the errors of <see cref="PostJournal"/>, with
    /// <see cref="IdempotencyKeyReused"/> when the key was used for another deposit to the account.</returns>
    public async Task<Result<PostedJournal>> RunAsync(CashDeposit deposit, CancellationToken cancellation)
    {
        var id = TransactionId.Derive("cash_deposit", deposit.Account.ToString(), deposit.Key);
        var today = Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BankTime.Tirane).Date;
        var journal = new Journal(
            id, "cash_deposit", [Leg.Debit(BankAccount.Cash(deposit.Amount.Currency), deposit.Amount), Leg.Credit(deposit.Account, deposit.Amount)],
            deposit.Description, today, reference: id.ToString());
        var posted = await post.RunAsync(journal, cancellation);
        return posted is { IsSuccess: false, Error: JournalMismatch } ? new IdempotencyKeyReused() : posted;
    }
}
