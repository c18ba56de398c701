using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Audit;

/// <summary>Proves one day of the trail: every record is as it was written, none is missing, added or moved.</summary>
/// <remarks>A whole shard of a day that vanished cannot be told from a quiet one.</remarks>
public sealed class ProveAudit(BankTables tables)
{
    private const int TriesAtMost = 3;

    public async Task<AuditProven> RunAsync(LocalDate day, CancellationToken cancellation)
    {
        var (records, faults) = (0L, new List<BookFault>());
        for (var shard = 0; shard < AuditKeys.Shards; shard++)
        {
            var (read, wrong) = await ProveAsync(AuditKeys.Partition(shard, day), cancellation);
            records += read;
            faults.AddRange(wrong);
        }

        return new AuditProven(day, records, [.. faults.Take(BookFault.ReportedAtMost)]);
    }

    /// <summary>A record that comes in between two pages shows as a fault: what is wrong stays wrong when read again.</summary>
    private async Task<(long Records, List<BookFault> Faults)> ProveAsync(string partition, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (records, faults) = await ReadAsync(partition, cancellation);
            if (faults.Count == 0 || attempt == TriesAtMost)
            {
                return (records, faults);
            }
        }
    }

    private async Task<(long Records, List<BookFault> Faults)> ReadAsync(string partition, CancellationToken cancellation)
    {
        var faults = new List<BookFault>();
        var (records, expected) = (0L, RecordAudit.Genesis(partition));
        TableEntity? newer = null;
        var (sequence, isFirst, ids) = (0L, true, 0L);
        await foreach (var row in tables.Open(AuditKeys.Table).QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellation))
        {
            if (row.RowKey.StartsWith(AuditKeys.IdPrefix, StringComparison.Ordinal))
            {
                ids++;
                continue;
            }

            Require(RowSeal.IsIntact(row), row, BookFault.HashWrong);
            if (row.RowKey == AuditKeys.Head)
            {
                (expected, sequence) = (row.Text("LastHash") ?? "", row.Number("Sequence") ?? 0);
                newer = row;
                continue;
            }

            Require(row.Text(RowSeal.Column) == expected, newer ?? row, BookFault.ChainBroken);
            Require(row.Number("Sequence") == sequence, row, BookFault.SequenceGap);
            (expected, sequence, newer, isFirst) = (row.Text("Previous") ?? "", sequence - 1, row, false);
            records++;
        }

        if (newer is not null)
        {
            Require(sequence == 0 && !isFirst, newer, BookFault.SequenceGap);
            Require(expected == RecordAudit.Genesis(partition), newer, BookFault.ChainBroken);
            Require(ids == records, newer, BookFault.MarkerWithoutEntry);
        }

        return (records, faults);

        void Require(bool holds, TableEntity row, string problem)
        {
            if (!holds && faults.Count < BookFault.ReportedAtMost)
            {
                faults.Add(new BookFault(row.PartitionKey, row.RowKey, problem));
            }
        }
    }
}

/// <param name="Faults">Empty when the day's trail is whole; partition and row are of the table <c>audit</c>.</param>
public sealed record AuditProven(LocalDate Day, long Records, IReadOnlyList<BookFault> Faults);
