using System.Globalization;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Books what waits in suspense to the account that shall have it, once however often it is repeated.</summary>
/// <remarks>The item is claimed for the account before anything is booked, so that two resolutions cannot both pay it out.</remarks>
public sealed class ResolveSuspense(BankTables tables, PostJournal post, VoidJournal voids, ListSuspense items, TimeProvider time)
{
    /// <returns>The journal that pays it out: for a repetition the first one. Or, first match: <see cref="SuspenseItemNotFound"/>,
    /// <see cref="SuspenseItemTaken"/> (another account gets it), the errors of <see cref="PostJournal"/> (the item is open again then).</returns>
    public async Task<Result<PostedJournal>> RunAsync(Guid id, AccountId account, CancellationToken cancellation)
    {
        if (await items.FindAsync(id, cancellation) is not { } item)
        {
            return new SuspenseItemNotFound();
        }

        if (item.State == SuspenseState.Open)
        {
            var claimed = item with { State = SuspenseState.Resolving, ResolvedTo = account };
            item = await TryWriteAsync(item, claimed, cancellation) ?? (await items.FindAsync(id, cancellation))!;
        }

        if (item.ResolvedTo != account)
        {
            return item.ResolvedTo is null ? new AccountBusy() : new SuspenseItemTaken();
        }

        var journal = JournalOf(item, account);
        var posted = await post.RunAsync(journal, cancellation);
        if (posted.IsSuccess && item.State == SuspenseState.Resolving)
        {
            await TryWriteAsync(item, item with { State = SuspenseState.Resolved }, CancellationToken.None);
        }
        else if (posted is { IsSuccess: false, Error: not AccountBusy } && item.State == SuspenseState.Resolving)
        {
            // Voided first: a twin of this call that is still posting must not pay out what is open again.
            if ((await voids.RunAsync(journal.Id, account, CancellationToken.None)).Value == VoidOutcome.AlreadyPosted)
            {
                return await RunAsync(id, account, cancellation);
            }

            await TryWriteAsync(item, item with { State = SuspenseState.Open, ResolvedTo = null, Refusals = item.Refusals + 1 }, CancellationToken.None);
        }

        return posted;
    }

    private Journal JournalOf(SuspenseItem item, AccountId account) => new(
        TransactionId.Derive("suspense_resolution", item.Id.ToString("N"), account.ToString(), item.Refusals.ToString(CultureInfo.InvariantCulture)), "suspense_resolution",
        [Leg.Debit(BankAccount.Suspense(item.Amount.Currency), item.Amount), Leg.Credit(account, item.Amount, item.Counterparty)],
        item.Description, Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BankTime.Tirane).Date, item.Id.ToString("D"));

    /// <returns>The item as written; null when somebody else was first.</returns>
    private async Task<SuspenseItem?> TryWriteAsync(SuspenseItem before, SuspenseItem after, CancellationToken cancellation)
    {
        var group = new List<TableTransactionAction> { new(TableTransactionActionType.UpdateReplace, after.ToRow(), before.ETag) };
        if (after.State == SuspenseState.Resolved)
        {
            group.Add(new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(SuspenseKeys.Partition, SuspenseKeys.Open(after.Since, after.Id)), ETag.All));
        }

        try
        {
            var answer = await tables.Open(SuspenseKeys.Table).SubmitTransactionAsync(group, cancellation);
            return after with { ETag = answer.Value[0].Headers.ETag ?? default };
        }
        catch (RequestFailedException e) when (StorageFaults.IsStale(e))
        {
            return null;
        }
    }
}
