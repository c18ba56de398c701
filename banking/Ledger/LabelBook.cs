namespace Serverless.Banking.Ledger;

/// <summary>Gives an account another picture and description: what its owner sees beside the number, and nothing of its money (ACC-09).</summary>
public sealed class LabelBook
{
    private readonly HeadWrites writes;

    internal LabelBook(HeadWrites writes) => this.writes = writes;

    /// <param name="owner">Whoever asks; somebody else's account is not found.</param>
    /// <param name="label">From the label as it is to the one it shall be.</param>
    /// <returns>The account with its new label. Or, first match: <see cref="AccountNotFound"/>, <see cref="AccountBusy"/>.</returns>
    public Task<Result<AccountBook>> RunAsync(AccountId account, CustomerId owner, Func<AccountLabel, AccountLabel> label, CancellationToken cancellation) =>
        writes.ChangeAsync(account, head =>
        {
            if (head.Owner != owner)
                return new AccountNotFound();
            var changed = label(head.Label);
            return changed == head.Label ? head : head with { Label = changed };
        }, cancellation);
}

/// <summary>How an account is shown.</summary>
/// <param name="Logo">The name of a picture; null for none.</param>
/// <param name="Description">The owner's own words; null for none.</param>
public sealed record AccountLabel(string? Logo, string? Description)
{
    public static AccountLabel None { get; } = new(null, null);
}
