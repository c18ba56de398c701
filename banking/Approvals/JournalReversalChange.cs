using Serverless.Banking.Ledger;

namespace Serverless.Banking.Approvals;

/// <summary>Corrects a journal by its mirror.</summary>
/// <remarks>
/// The reversal's id derives from the journal's, so that two approved changes for one journal move the money once, and one that failed
/// (the creditor has spent it) can be proposed again.
/// </remarks>
internal sealed class JournalReversalChange(FindJournal find, ReverseJournal reverse) : IChangeHandler
{
    public string Kind => LedgerChanges.Reversal;

    /// <returns>Or, first match: <see cref="JournalNotFound"/>, <see cref="JournalNotReversible"/>, <see cref="AlreadyReversed"/>.</returns>
    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation)
    {
        var (original, decider) = Read(content);
        if (await find.RunAsync(original, decider, cancellation) is not { } posted)
        {
            return new JournalNotFound();
        }

        if (posted.Journal.Creditors() is > 1 and var creditors)
        {
            return new JournalNotReversible(creditors);
        }

        return await IsReversedAsync(posted.Journal, cancellation) ? new AlreadyReversed(ReversalOf(original)) : $"{posted.Journal.Kind} booked on {posted.Journal.BookedOn:uuuu-MM-dd}";
    }

    public async Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation)
    {
        var (original, decider) = Read(change.Content);
        var reversed = await reverse.RunAsync(original, decider, ReversalOf(original), change.Reason, cancellation);
        return reversed.Then(posted => posted.Journal.Id.Value.ToString("D"));
    }

    private async Task<bool> IsReversedAsync(Journal original, CancellationToken cancellation)
    {
        // The mirror's debtor is the first creditor's account, and where none was credited the debtor is credited and decides.
        var candidates = original.Legs.Select(leg => leg.Account).OfType<AccountId>().Distinct();
        foreach (var account in candidates)
        {
            if (await find.RunAsync(ReversalOf(original.Id), account, cancellation) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static TransactionId ReversalOf(TransactionId original) => TransactionId.Derive("journal_reversal", original.ToString());

    private static (TransactionId Original, AccountId Decider) Read(string content)
    {
        var read = LedgerChanges.Read<LedgerChanges.ReversalContent>(content);
        return (new TransactionId(read.Transaction), new AccountId(read.Decider));
    }
}
