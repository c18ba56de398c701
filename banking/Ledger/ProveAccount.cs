using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Proves one account: its head is the sum of its entries, the chain of hashes is whole, every marker has its entries and back.</summary>
public sealed class ProveAccount(BankTables tables)
{
    private const int TriesAtMost = 3;

    private TableClient Table => tables.Open(LedgerKeys.Table);

    /// <returns>The proof (no faults when it holds); or <see cref="AccountNotFound"/>.</returns>
    public async Task<Result<AccountProven>> RunAsync(AccountId account, CancellationToken cancellation)
    {
        var (proof, faults) = await ProveAsync(LedgerKeys.Partition(account), cancellation);
        return proof.HasHead || faults.Count > 0 ? new AccountProven(account, proof.Entries, faults) : new AccountNotFound();
    }

    /// <summary>Rows come page by page, so a posting in between shows as a fault: what is wrong stays wrong when read again.</summary>
    internal async Task<(AccountProof Proof, IReadOnlyList<BookFault> Faults)> ProveAsync(string partition, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var proof = new AccountProof(partition);
            await foreach (var row in RowsAsync(partition, cancellation))
            {
                proof.Add(row);
            }

            var faults = proof.Finish();
            if (faults.Count == 0 && !proof.IsMatched)
            {
                faults = await MatchAsync(partition, cancellation);
            }

            if (faults.Count == 0 || attempt == TriesAtMost)
            {
                return (proof, faults);
            }
        }
    }

    /// <summary>Names the markers without entry and the entries without marker, one read each.</summary>
    private async Task<IReadOnlyList<BookFault>> MatchAsync(string partition, CancellationToken cancellation)
    {
        var faults = new List<BookFault>();
        await foreach (var row in RowsAsync(partition, cancellation))
        {
            if (row.RowKey.StartsWith(LedgerKeys.EntryPrefix, StringComparison.Ordinal))
            {
                var marker = await FindAsync(partition, row.Text("Marker") ?? "", cancellation);
                var sequence = row.Number("Sequence") ?? 0;
                if (marker?.Number("First") is not { } first || sequence < first || sequence >= first + (marker.Number("Count") ?? 0))
                {
                    faults.Add(new BookFault(partition, row.RowKey, BookFault.EntryWithoutMarker));
                }
            }
            else if (row.RowKey.StartsWith(LedgerKeys.MarkerPrefix, StringComparison.Ordinal) && row.Number("First") is { } first)
            {
                for (var sequence = first; sequence < first + Math.Min(row.Number("Count") ?? 0, Journal.LegsAtMost); sequence++)
                {
                    var entry = await FindAsync(partition, LedgerKeys.Entry(sequence), cancellation);
                    if (entry?.Text("Marker") != row.RowKey)
                    {
                        faults.Add(new BookFault(partition, row.RowKey, BookFault.MarkerWithoutEntry));
                    }
                }
            }

            if (await IsCaptureOneSidedAsync(partition, row, cancellation))
            {
                faults.Add(new BookFault(partition, row.RowKey, BookFault.CaptureWithoutOther));
            }

            if (faults.Count >= BookFault.ReportedAtMost)
            {
                break;
            }
        }

        return faults;
    }

    /// <summary>A journal whose hold is not captured by it, or a captured hold whose journal does not know it.</summary>
    private async Task<bool> IsCaptureOneSidedAsync(string partition, TableEntity row, CancellationToken cancellation)
    {
        if (Marker.CapturedBy(row) is var (hold, journal))
        {
            var captured = await FindAsync(partition, LedgerKeys.Hold(hold), cancellation);
            return captured?.Text("State") != nameof(HoldState.Captured) || captured.Text("CapturedBy") != journal.ToString();
        }

        if (!row.RowKey.StartsWith(LedgerKeys.HoldPrefix, StringComparison.Ordinal) || row.Text("State") != nameof(HoldState.Captured))
        {
            return false;
        }

        var marker = await FindAsync(partition, LedgerKeys.MarkerPrefix + row.Text("CapturedBy"), cancellation);
        return marker is null || Marker.CapturedBy(marker) is not var (known, _) || LedgerKeys.Hold(known) != row.RowKey;
    }

    private Azure.AsyncPageable<TableEntity> RowsAsync(string partition, CancellationToken cancellation) =>
        Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellation);

    private async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(partition, row, null, cancellation);
        return found.HasValue ? found.Value : null;
    }
}

/// <param name="Entries">How many were read.</param>
/// <param name="Faults">Empty when the proof holds.</param>
public sealed record AccountProven(AccountId Account, long Entries, IReadOnlyList<BookFault> Faults);
