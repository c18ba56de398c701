using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Writes a journal's legs on one customer's account: head, entries and marker in one storage transaction.</summary>
/// <remarks>
/// A write whose answer is lost is settled by the marker. The marker is the first row of the group, so an own earlier try shows as 409;
/// anybody else's posting shows as 412 on the head.
/// </remarks>
internal sealed class AccountLegs(BankTables tables, AccountHeads heads, Suspense suspense)
{
    /// <summary>Tries against other processes; writers of this one queue.</summary>
    private const int TriesAtMost = 12;

    private TableClient Table => tables.Open(LedgerKeys.Table);

    /// <summary>The guarded step: after it the journal is in the books.</summary>
    /// <param name="withdrawn">The marker that the posting replaces; null: it must not have one.</param>
    /// <returns>The journal as decided, by this call or an earlier one (without its other legs). Or the first of the errors of <see cref="PostJournal"/>,
    /// or <see cref="JournalWithdrawn"/> when the marker is another one than expected.</returns>
    public async Task<Result<PostedJournal>> DecideAsync(Journal journal, AccountId account, Instant now, ETag? withdrawn)
    {
        using var gate = await heads.EnterAsync(account, CancellationToken.None);
        Exception? unknown = null;
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var remembered = attempt == 0 ? heads.Recall(account) : null;
            var head = remembered ?? await heads.ReadAsync(account, CancellationToken.None);
            var hold = journal.Captures is { } captured ? await FindHoldAsync(account, captured) : null;
            var refusal = head is null ? new AccountNotFound() : Refusal(head, journal, hold);
            if (refusal is not null && remembered is not null)
            {
                continue;
            }

            if (refusal is not null)
            {
                return await ReadMarkerAsync(journal, account) is { State: not MarkerState.Withdrawn } earlier ? Answer(earlier, journal) : refusal;
            }

            var (group, after) = Group(head!, journal, account, now, deciding: true, hold, withdrawn);
            try
            {
                await SubmitAsync(group, after);
                return new PostedJournal(journal, now, Money.OfMinor(after.Balance, after.Currency), IsComplete: false);
            }
            catch (Exception e) when (!StorageFaults.IsOurs(e))
            {
                heads.Forget(account);
                unknown = StorageFaults.IsStale(e) || StorageFaults.IsConflict(e) ? null : e;

                // Without a marker to replace, 412 can only be the head's.
                var marker = StorageFaults.IsStale(e) && withdrawn is null ? null : await ReadMarkerAsync(journal, account);
                if (marker is not null && (marker.State != MarkerState.Withdrawn || marker.ETag != withdrawn))
                {
                    return Answer(marker, journal);
                }
            }

            await StorageFaults.BackOffAsync(attempt);
        }

        return unknown is null
            ? new AccountBusy()
            : throw new InvalidOperationException($"Whether journal {journal.Id} is posted cannot be told now.", unknown);
    }

    /// <summary>Writes the legs of an account that did not decide. An account that cannot take them any more leaves them to suspense.</summary>
    /// <exception cref="InvalidOperationException">The account is too busy, or storage fails: to be tried again.</exception>
    public async Task FollowAsync(PostedJournal decided, AccountId account)
    {
        var journal = decided.Journal;
        using var gate = await heads.EnterAsync(account, CancellationToken.None);
        Exception? last = null;
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var remembered = attempt == 0 ? heads.Recall(account) : null;
            var head = remembered ?? await heads.ReadAsync(account, CancellationToken.None);
            var refused = head is null || PostingRules.Refusal(head, LegsOf(journal, account)) is not null;
            if (refused && remembered is not null)
            {
                continue;
            }

            try
            {
                if (refused)
                {
                    await DivertAsync(decided, account);
                    return;
                }

                var (group, after) = Group(head!, journal, account, decided.PostedAt, deciding: false);
                await SubmitAsync(group, after);
                return;
            }
            catch (Exception e) when (!StorageFaults.IsOurs(e))
            {
                heads.Forget(account);
                last = e;
                if (!StorageFaults.IsStale(e) && await ReadMarkerAsync(journal, account) is { } marker)
                {
                    if (marker.State == MarkerState.Diverted)
                    {
                        await suspense.TakeAsync(decided, account);
                    }

                    return;
                }
            }

            await StorageFaults.BackOffAsync(attempt);
        }

        throw new InvalidOperationException($"Journal {journal.Id} cannot be completed on account {account} now.", last);
    }

    private async Task<Marker?> ReadMarkerAsync(Journal journal, AccountId account)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            LedgerKeys.Partition(account), LedgerKeys.Marker(journal, account), null, CancellationToken.None);
        return row.HasValue ? Marker.From(row.Value!) : null;
    }

    /// <summary>What a repeat is told.</summary>
    public static Result<PostedJournal> Answer(Marker marker, Journal journal) => marker switch
    {
        { State: MarkerState.Posted, Journal: { } first } when marker.ContentHash == JournalText.ContentHash(journal) =>
            new PostedJournal(first, marker.At, marker.BalanceAfter, IsComplete: false),
        { State: MarkerState.Posted } => new JournalMismatch(),
        { State: MarkerState.Withdrawn } => new JournalWithdrawn(marker.ETag),
        _ => new TransactionVoided(),
    };

    /// <summary>As <see cref="PostingRules.Refusal"/>; with a hold, first <see cref="HoldNotFound"/> and <see cref="HoldEnded"/>.</summary>
    private static Error? Refusal(Head head, Journal journal, Hold? hold) => (journal.Captures, hold) switch
    {
        (null, _) => PostingRules.Refusal(head, LegsOf(journal, head.Id)),
        (_, null) => new HoldNotFound(),
        (_, { State: not HoldState.Held }) => new HoldEnded(hold.State),
        _ => PostingRules.Refusal(head with { Held = head.Held - hold.Amount.Minor }, LegsOf(journal, head.Id)),
    };

    private async Task<Hold?> FindHoldAsync(AccountId account, HoldId hold)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(LedgerKeys.Partition(account), LedgerKeys.Hold(hold), null, CancellationToken.None);
        return row.HasValue ? Hold.From(row.Value!) : null;
    }

    /// <summary>The marker goes first: whichever of diverted and posted is inserted, the other cannot be, so the money arrives once.</summary>
    private async Task DivertAsync(PostedJournal decided, AccountId account)
    {
        await Table.AddEntityAsync(Marker.Diverted(account, decided.Journal, decided.PostedAt), CancellationToken.None);
        await suspense.TakeAsync(decided, account);
    }

    private static IEnumerable<Leg> LegsOf(Journal journal, AccountId account) => journal.Legs.Where(leg => leg.Account == account);

    private async Task SubmitAsync(IReadOnlyList<TableTransactionAction> group, Head after)
    {
        var answer = await Table.SubmitTransactionAsync(group, CancellationToken.None);
        heads.Remember(after, answer.Value[1].Headers.ETag);
    }

    /// <summary>Marker, head, then the entries, in the journal's order, and the hold that ends.</summary>
    private static (IReadOnlyList<TableTransactionAction> Group, Head After) Group(
        Head before, Journal journal, AccountId account, Instant postedAt, bool deciding, Hold? captured = null, ETag? withdrawn = null)
    {
        var (after, entries) = (before with { Held = before.Held - (captured?.Amount.Minor ?? 0) }, new List<TableTransactionAction>());
        for (var leg = 0; leg < journal.Legs.Count; leg++)
        {
            if (journal.Legs[leg].Account == account)
            {
                var sequence = after.Sequence + 1;
                var balance = checked(after.Balance + journal.Legs[leg].Signed.Minor);
                var entry = EntryRow.OnAccount(after, sequence, balance, after.LastHash, journal, leg, postedAt);
                after = after with { Balance = balance, Sequence = sequence, LastHash = entry.RequiredText(RowSeal.Column) };
                entries.Add(new TableTransactionAction(TableTransactionActionType.Add, entry));
            }
        }

        var marker = Marker.Posted(account, journal, JournalText.ContentHash(journal), postedAt, before.Sequence + 1, after.Sequence - before.Sequence);
        if (deciding)
        {
            Marker.Deciding(marker, journal, after);
        }

        if (captured is not null)
        {
            var ended = captured with { State = HoldState.Captured, CapturedBy = journal.Id };
            entries.Add(new TableTransactionAction(TableTransactionActionType.UpdateReplace, ended.ToRow(), captured.ETag));
        }

        return (
        [
            withdrawn is { } known
                ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, RowSeal.Seal(marker), known)
                : new TableTransactionAction(TableTransactionActionType.Add, RowSeal.Seal(marker)),
            new TableTransactionAction(TableTransactionActionType.UpdateReplace, after.ToRow(), before.ETag),
            .. entries,
        ], after);
    }
}
