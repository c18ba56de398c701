using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Audit;

/// <summary>Appends to the audit trail: records are never changed, and each carries the hash of the one before it in its day and shard.</summary>
/// <remarks>One storage call while this process remembers the chain's head, two else. Days are the bank's (Europe/Tirane).</remarks>
public sealed class RecordAudit(BankTables tables, TimeProvider time)
{
    private const int TriesAtMost = 30;
    private const int RememberedAtMost = 64;

    private readonly ConcurrentDictionary<string, TableEntity> heads = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, AuditKeys.Shards).Select(_ => new SemaphoreSlim(1, 1))];

    private TableClient Table => tables.Open(AuditKeys.Table);

    /// <exception cref="ArgumentException">Something is longer than <see cref="AuditEvent"/> allows.</exception>
    /// <exception cref="Exception">Storage is down: what was to be answered for should not be done, or be repeated.</exception>
    public async Task RunAsync(AuditEvent audit, CancellationToken cancellation)
    {
        Check(audit);
        var id = audit.Id ?? new Guid(RandomNumberGenerator.GetBytes(16));
        var at = audit.At ?? Instant.FromDateTimeOffset(time.GetUtcNow());
        var partition = AuditKeys.Partition(AuditKeys.Shard(id), at.InZone(BankTime.Tirane).Date);
        var gate = gates[AuditKeys.Shard(id)];
        await gate.WaitAsync(cancellation);
        try
        {
            await AppendAsync(id, audit, at, partition, cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task AppendAsync(Guid id, AuditEvent audit, Instant at, string partition, CancellationToken cancellation)
    {
        Exception? last = null;
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var head = attempt == 0 && heads.TryGetValue(partition, out var known) ? known : await ReadAsync(partition, AuditKeys.Head, cancellation);
            var ticks = Math.Max(at.ToUnixTimeTicks(), (head?.RequiredNumber("Ticks") ?? 0) + 1);
            var sequence = (head?.RequiredNumber("Sequence") ?? 0) + 1;
            var record = AuditRow.Of(id, audit, at, partition, ticks, sequence, head?.RequiredText("LastHash") ?? Genesis(partition));
            var after = AuditRow.Head(partition, sequence, ticks, record.RequiredText(RowSeal.Column));
            try
            {
                var answer = await Table.SubmitTransactionAsync(
                [
                    head is null
                        ? new TableTransactionAction(TableTransactionActionType.Add, after)
                        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, after, head.ETag),
                    new TableTransactionAction(TableTransactionActionType.Add, record),
                    new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, AuditKeys.Id(id)) { ["Ticks"] = ticks }),
                ], cancellation);
                Remember(partition, after, answer.Value[0].Headers.ETag);
                return;
            }
            catch (Exception e) when (!StorageFaults.IsOurs(e) && !cancellation.IsCancellationRequested)
            {
                // Somebody else's record, or this one with its answer lost: the id tells.
                heads.TryRemove(partition, out _);
                last = e;
                if (!StorageFaults.IsStale(e) && await ReadAsync(partition, AuditKeys.Id(id), cancellation) is not null)
                {
                    return;
                }
            }

            await StorageFaults.BackOffAsync(attempt);
        }

        throw new InvalidOperationException($"Event {id} cannot be recorded now.", last);
    }

    internal static string Genesis(string partition) => RowSeal.Hex(partition);

    private void Remember(string partition, TableEntity head, ETag? etag)
    {
        if (etag is not { } known || known == default)
        {
            heads.TryRemove(partition, out _);
            return;
        }

        if (heads.Count >= RememberedAtMost)
        {
            heads.Clear();
        }

        head.ETag = known;
        heads[partition] = head;
    }

    private async Task<TableEntity?> ReadAsync(string partition, string row, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(partition, row, null, cancellation);
        return found.HasValue ? found.Value : null;
    }

    private static void Check(AuditEvent audit)
    {
        var fits = audit.Actor.Id is { Length: > 0 and <= 64 } && audit.Actor.Origin is not { Length: > 100 } && audit.Action is { Length: > 0 and <= 64 }
            && audit.Resource is { Length: > 0 and <= 200 } && audit.Before is not { Length: > 1000 } && audit.After is not { Length: > 1000 }
            && audit.Reason is not { Length: > 500 };
        if (!fits)
        {
            throw new ArgumentException("An audit event has something that is empty or too long.", nameof(audit));
        }
    }
}
