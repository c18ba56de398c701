using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Appends a journal's legs on the bank's own accounts. A leg's key is derived from the journal, so appending again changes nothing.</summary>
internal sealed class BankLegs(BankTables tables)
{
    private const int TriesAtMost = 4;

    private TableClient Table => tables.Open(LedgerKeys.Table);

    public Task AppendAsync(PostedJournal decided) => AppendAsync(Enumerable.Range(0, decided.Journal.Legs.Count)
        .Where(leg => decided.Journal.Legs[leg].BankAccount is not null)
        .Select(leg => EntryRow.OnBankAccount(decided.Journal, leg, decided.PostedAt, diverted: false)));

    /// <summary>Books to suspense what was meant for a customer's account.</summary>
    public Task DivertAsync(PostedJournal decided, AccountId account) => AppendAsync(Enumerable.Range(0, decided.Journal.Legs.Count)
        .Where(leg => decided.Journal.Legs[leg].Account == account)
        .Select(leg => EntryRow.OnBankAccount(decided.Journal, leg, decided.PostedAt, diverted: true)));

    /// <summary>Decides a journal that touches no customer's account: inserting its marker is the guarded step.</summary>
    /// <returns>The journal as decided, by this call or an earlier one; or <see cref="JournalMismatch"/>.</returns>
    public async Task<Result<PostedJournal>> DecideAsync(Journal journal, Instant now)
    {
        var marker = Marker.BankOnly(journal, JournalText.ContentHash(journal), now);
        try
        {
            await Table.AddEntityAsync(marker, CancellationToken.None);
            return new PostedJournal(journal, now, BalanceAfter: null, IsComplete: false);
        }
        catch (RequestFailedException e) when (StorageFaults.IsConflict(e))
        {
            var row = await Table.GetEntityAsync<TableEntity>(marker.PartitionKey, marker.RowKey, null, CancellationToken.None);
            return AccountLegs.Answer(Marker.From(row.Value), journal);
        }
    }

    private Task AppendAsync(IEnumerable<TableEntity> rows) => Task.WhenAll(rows.GroupBy(row => row.PartitionKey).Select(async partition =>
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var group = partition.ToArray();
                Task append = group.Length == 1
                    ? Table.AddEntityAsync(group[0], CancellationToken.None)
                    : Table.SubmitTransactionAsync(group.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), CancellationToken.None);
                await append;
                return;
            }
            catch (RequestFailedException e) when (StorageFaults.IsConflict(e))
            {
                // The same rows always go together, so one of them there means all of them there.
                return;
            }
            catch (Exception e) when (!StorageFaults.IsOurs(e) && attempt < TriesAtMost - 1)
            {
                await StorageFaults.BackOffAsync(attempt);
            }
        }
    }));
}
