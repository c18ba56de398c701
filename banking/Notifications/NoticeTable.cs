using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Notifications;

/// <summary>The outbox: every notice, and a due row for each that its gateway has not accepted yet.</summary>
public sealed class NoticeTable
{
    private readonly TableClient table;
    private readonly SecretWords secrets;
    private readonly TimeProvider time;

    internal NoticeTable(BankTables tables, SecretWords secrets, TimeProvider time) => (table, this.secrets, this.time) = (tables.Open(NoticeKeys.Table), secrets, time);

    /// <returns>False when the notice is there already.</returns>
    /// <exception cref="ArgumentException">Secrets by push; or nobody, nowhere to or no language.</exception>
    internal async Task<bool> AddAsync(Notice notice, CancellationToken cancellation)
    {
        if (notice.SecretWords.Count > 0 && notice.Channel == NoticeChannel.Push)
            throw new ArgumentException("A push carries no secrets.", nameof(notice));
        if (notice.Customer is null && (notice.Address is null || notice.Language is null))
            throw new ArgumentException("Whom no customer number names needs an address and a language.", nameof(notice));
        var partition = NoticeKeys.Partition(notice.Id);
        var since = Now();
        var row = new TableEntity(partition, NoticeKeys.Notice(notice.Id))
        {
            ["Customer"] = notice.Customer?.Value ?? "",
            ["Channel"] = notice.Channel.ToString(),
            ["Kind"] = notice.Kind.ToString(),
            ["Facts"] = JsonSerializer.Serialize(notice.Facts),
            ["Secret"] = secrets.Seal(notice)!,
            ["Language"] = notice.Language?.Code()!,
            ["ExpiresAt"] = notice.ExpiresAt?.ToUnixTimeMilliseconds()!,
            ["Link"] = notice.Link!,
            ["Address"] = notice.Address!,
            ["Attachment"] = notice.Attachment is { } document ? StoredJson.Write(document) : null!,
            ["State"] = NoticeState.Due.ToString(),
            ["Since"] = since.ToUnixTimeMilliseconds(),
        };
        return await table.TryAddAllAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, row),
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, NoticeKeys.Due(since, notice.Id))),
            ],
            cancellation);
    }

    internal async Task<StoredNotice?> FindAsync(NoticeId id, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            NoticeKeys.Partition(id), NoticeKeys.Notice(id), cancellationToken: cancellation);
        return found.HasValue ? Read(id, found.Value!) : null;
    }

    /// <summary>Ends a notice; a second end changes nothing. Its secrets are erased with it.</summary>
    internal Task CloseAsync(StoredNotice stored, NoticeState state, CancellationToken cancellation)
    {
        var (id, partition, now) = (stored.Notice.Id, NoticeKeys.Partition(stored.Notice.Id), Now());
        var prefix = state == NoticeState.Failed ? NoticeKeys.FailedPrefix : NoticeKeys.ClosedPrefix;
        var change = new TableEntity(partition, NoticeKeys.Notice(id)) { ["State"] = state.ToString(), ["ClosedAt"] = now.ToUnixTimeMilliseconds() };
        if (stored.Notice.SecretWords.Count > 0)
            (change["Secret"], change["Erased"]) = ("", true);
        return MoveAsync(
            change, NoticeKeys.Due(stored.DueAt, id), NoticeKeys.Closed(prefix, now, id), cancellation);
    }

    /// <summary>The sweep asks again at this time; of two failed tries at the same moment one counts.</summary>
    internal Task PostponeAsync(StoredNotice stored, Instant until, CancellationToken cancellation)
    {
        var (id, partition) = (stored.Notice.Id, NoticeKeys.Partition(stored.Notice.Id));

        // The sweep leaves what is younger than its grace to the message on its way; this one has none.
        var dueAt = until - SweepNotices.Grace;
        var change = new TableEntity(partition, NoticeKeys.Notice(id)) { ["Tries"] = stored.Tries + 1, ["DueAt"] = dueAt.ToUnixTimeMilliseconds() };
        return MoveAsync(change, NoticeKeys.Due(stored.DueAt, id), NoticeKeys.Due(dueAt, id), cancellation);
    }

    /// <summary>Back from the dead letters, as if it were new.</summary>
    internal Task ReopenAsync(StoredNotice stored, CancellationToken cancellation)
    {
        var (id, partition, now) = (stored.Notice.Id, NoticeKeys.Partition(stored.Notice.Id), Now());
        var change = new TableEntity(partition, NoticeKeys.Notice(id))
        {
            ["State"] = NoticeState.Due.ToString(),
            ["Tries"] = 0,
            ["DueAt"] = now.ToUnixTimeMilliseconds(),
            ["TriedSince"] = now.ToUnixTimeMilliseconds(),
            ["Resent"] = stored.Resent + 1,
        };
        return MoveAsync(change, NoticeKeys.Closed(NoticeKeys.FailedPrefix, stored.ClosedAt!.Value, id), NoticeKeys.Due(now, id), cancellation);
    }

    /// <summary>One step of a notice's life: its row, and the index row it leaves for another. Whoever finds the old index row gone was second, and changes nothing.</summary>
    private async Task MoveAsync(TableEntity change, string from, string to, CancellationToken cancellation)
    {
        List<TableTransactionAction> rows = [new(TableTransactionActionType.UpdateMerge, change, ETag.All)];
        if (from != to)
        {
            rows.Add(new(TableTransactionActionType.Delete, new TableEntity(change.PartitionKey, from), ETag.All));
            rows.Add(new(TableTransactionActionType.UpsertReplace, new TableEntity(change.PartitionKey, to)));
        }

        try
        {
            await table.SubmitTransactionAsync(rows, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // The index row is gone: another delivery of the same notice was first.
        }
    }

    /// <summary>One page of what failed, shard after shard.</summary>
    internal async Task<Page<DeadLetter>> FailedAsync(PageRequest page, CancellationToken cancellation)
    {
        List<DeadLetter> found = [];
        string? last = null;
        var (shard, row) = page.After?.Split('/') is [var s, var r] ? (s, r) : ("", "");
        foreach (var partition in NoticeKeys.Partitions.Where(name => string.CompareOrdinal(name, shard) >= 0))
        {
            var after = partition == shard ? row : NoticeKeys.FailedPrefix;
            var end = NoticeKeys.FailedPrefix + "~";
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after} and RowKey lt {end}");
            await foreach (var index in table.QueryAsync<TableEntity>(filter, maxPerPage: page.Limit + 1, select: ["RowKey"], cancellationToken: cancellation))
            {
                if (found.Count == page.Limit)
                    return new Page<DeadLetter>(found, last);
                if (await FindAsync(NoticeKeys.IdOf(index.RowKey), cancellation) is { State: NoticeState.Failed } stored)
                    found.Add(new DeadLetter(stored.Notice.Id, stored.Notice.Customer, stored.Notice.Channel, stored.Notice.Kind, stored.Since, stored.Tries));
                last = $"{partition}/{index.RowKey}";
            }
        }

        return new Page<DeadLetter>(found, null);
    }

    /// <summary>Ids and index rows of what was over before a moment.</summary>
    internal async IAsyncEnumerable<(NoticeId Id, string Row)> ClosedAsync(Instant before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var partition in NoticeKeys.Partitions)
        {
            foreach (var prefix in new[] { NoticeKeys.ClosedPrefix, NoticeKeys.FailedPrefix })
            {
                var end = NoticeKeys.ClosedBefore(prefix, before);
                var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {end}");
                await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
                    yield return (NoticeKeys.IdOf(row.RowKey), row.RowKey);
            }
        }
    }

    internal async Task EraseAsync(NoticeId id, string indexRow, CancellationToken cancellation)
    {
        var partition = NoticeKeys.Partition(id);
        await table.DeleteEntityAsync(partition, NoticeKeys.Notice(id), ETag.All, cancellation);
        await table.DeleteEntityAsync(partition, indexRow, ETag.All, cancellation);
    }

    internal async IAsyncEnumerable<NoticeId> DueAsync(Instant olderThan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var partition in NoticeKeys.Partitions)
        {
            var filter = TableClient.CreateQueryFilter(
                $"PartitionKey eq {partition} and RowKey ge {"due|"} and RowKey lt {NoticeKeys.DueBefore(olderThan)}");
            await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
            {
                yield return NoticeKeys.IdOf(row.RowKey);
            }
        }
    }

    private StoredNotice Read(NoticeId id, TableEntity row) => new(
        new Notice(
            id,
            CustomerId.Find(row.GetString("Customer")),
            Enum.Parse<NoticeChannel>(row.GetString("Channel")!),
            Enum.Parse<NoticeKind>(row.GetString("Kind")!),
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString("Facts")!)!,
            row.GetString("Link"))
        {
            Address = row.GetString("Address"),
            SecretWords = secrets.Open(id, row.GetString("Secret")),
            Language = Languages.Find(row.GetString("Language")),
            ExpiresAt = row.GetInt64("ExpiresAt") is { } expiry ? Instant.FromUnixTimeMilliseconds(expiry) : null,
            Attachment = row.GetString("Attachment") is { } document ? StoredJson.Read<DocumentReference>(document) : null,
        },
        Enum.Parse<NoticeState>(row.GetString("State")!),
        Instant.FromUnixTimeMilliseconds(row.GetInt64("Since")!.Value),
        Instant.FromUnixTimeMilliseconds(row.GetInt64("DueAt") ?? row.GetInt64("Since")!.Value),
        Instant.FromUnixTimeMilliseconds(row.GetInt64("TriedSince") ?? row.GetInt64("Since")!.Value),
        row.GetInt64("ClosedAt") is { } closed ? Instant.FromUnixTimeMilliseconds(closed) : null,
        row.GetInt32("Tries") ?? 0,
        row.GetInt32("Resent") ?? 0,
        row.GetBoolean("Erased") == true);

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}

/// <param name="Since">When it was taken.</param>
/// <param name="DueAt">Of its due row.</param>
/// <param name="TriedSince">When the tries began: when it was taken, or sent again by staff.</param>
/// <param name="IsErased">It had secret words, and they are gone.</param>
internal sealed record StoredNotice(
    Notice Notice, NoticeState State, Instant Since, Instant DueAt, Instant TriedSince, Instant? ClosedAt, int Tries, int Resent, bool IsErased);
