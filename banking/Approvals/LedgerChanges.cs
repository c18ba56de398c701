using System.Text.Json;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Approvals;

/// <summary>The ledger's changes that need four eyes: how each is proposed.</summary>
public static class LedgerChanges
{
    internal const string Status = "account_status";
    internal const string Overdraft = "overdraft_limit";
    internal const string Minimum = "minimum_balance";
    internal const string Reversal = "journal_reversal";
    internal const string Resolution = "suspense_resolution";

    public static ChangeProposal AccountStatus(string key, AccountId account, AccountStatus status, string reason) =>
        new(key, Status, Resource(account), Write(new StatusContent(account.Value, status.ToString())), status.ToString(), reason);

    /// <param name="limit">Not negative.</param>
    public static ChangeProposal OverdraftLimit(string key, AccountId account, Money limit, string reason) =>
        new(key, Overdraft, Resource(account), Write(AmountContent.Of(account, limit)), limit.ToString(), reason);

    /// <param name="minimum">Not negative.</param>
    public static ChangeProposal MinimumBalance(string key, AccountId account, Money minimum, string reason) =>
        new(key, Minimum, Resource(account), Write(AmountContent.Of(account, minimum)), minimum.ToString(), reason);

    /// <param name="decider">The account that decided the journal: the one debited, else the first one credited.</param>
    /// <param name="reason">Also the reversing entries' description, at most 140 characters.</param>
    public static ChangeProposal JournalReversal(string key, TransactionId transaction, AccountId decider, string reason) =>
        new(key, Reversal, $"journal/{transaction.Value:D}", Write(new ReversalContent(transaction.Value, decider.Value)), "reversed", reason);

    public static ChangeProposal SuspenseResolution(string key, Guid item, AccountId to, string reason) =>
        new(key, Resolution, $"suspense/{item:D}", Write(new ResolutionContent(item, to.Value)), $"booked to account {to}", reason);

    internal static string Write<T>(T content) => JsonSerializer.Serialize(content);

    internal static T Read<T>(string content) => JsonSerializer.Deserialize<T>(content)!;

    private static string Resource(AccountId account) => $"account/{account}";

    internal sealed record StatusContent(Guid Account, string Status);

    internal sealed record AmountContent(Guid Account, long Minor, string Currency)
    {
        public Money ToMoney() => Money.OfMinor(Minor, Banking.Currency.Of(Currency));

        public static AmountContent Of(AccountId account, Money money) => new(account.Value, money.Minor, money.Currency.Code);
    }

    internal sealed record ReversalContent(Guid Transaction, Guid Decider);

    internal sealed record ResolutionContent(Guid Item, Guid To);
}
