namespace Serverless.Banking.Ledger;

/// <summary>The state of one account now: one storage call.</summary>
public sealed class ReadBook
{
    private readonly AccountHeads heads;

    internal ReadBook(AccountHeads heads) => this.heads = heads;

    /// <returns>Null when there is no such account.</returns>
    public async Task<AccountBook?> RunAsync(AccountId account, CancellationToken cancellation) =>
        await heads.ReadAsync(account, cancellation) is { } head ? AccountBook.Of(head) : null;

    /// <summary>As this process saw it last, without a call; or else read. Good for what never changes (owner, currency), and for a first look that a posting repeats.</summary>
    /// <returns>Null when there is no such account.</returns>
    public async Task<AccountBook?> RecallAsync(AccountId account, CancellationToken cancellation) =>
        heads.Recall(account) is { } head ? AccountBook.Of(head) : await RunAsync(account, cancellation);
}
