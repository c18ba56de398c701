using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Documents;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Notifications;

/// <summary>The outbox: every notice, and a due row for each that its gateway has not accepted yet.</summary>
public sealed class NoticeTable(BankTables tables, TimeProvider time)
{
    private readonly TableClient table = tables.Open(NoticeKeys.Table);

    /// <returns>False when the notice is there already.</returns>
    internal async Task<bool> AddAsync(Notice notice, CancellationToken cancellation)
    {
        var partition = NoticeKeys.Partition(notice.Id);
        var since = Now();
        var row = new TableEntity(partition, NoticeKeys.Notice(notice.Id))
        {
            ["Customer"] = notice.Customer.Value,
            ["Channel"] = notice.Channel.ToString(),
            ["Kind"] = notice.Kind.ToString(),
            ["Facts"] = JsonSerializer.Serialize(notice.Facts),
            ["Link"] = notice.Link!,
            ["Address"] = notice.Address!,
            ["Attachment"] = notice.Attachment is { } document ? StoredJson.Write(document) : null!,
            ["State"] = NoticeState.Due.ToString(),
            ["Since"] = since.ToUnixTimeMilliseconds(),
        };
        try
        {
            await table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.Add, row),
                    new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, NoticeKeys.Due(since, notice.Id))),
                ],
                cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    internal async Task<StoredNotice?> FindAsync(NoticeId id, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            NoticeKeys.Partition(id), NoticeKeys.Notice(id), cancellationToken: cancellation);
        return found.HasValue ? Read(id, found.Value!) : null;
    }

    /// <summary>Ends a notice; a second end changes nothing.</summary>
    internal async Task CloseAsync(StoredNotice stored, NoticeState state, CancellationToken cancellation)
    {
        var id = stored.Notice.Id;
        var partition = NoticeKeys.Partition(id);
        try
        {
            await table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(
                        TableTransactionActionType.UpdateMerge,
                        new TableEntity(partition, NoticeKeys.Notice(id)) { ["State"] = state.ToString(), ["ClosedAt"] = time.GetUtcNow() },
                        ETag.All),
                    new TableTransactionAction(
                        TableTransactionActionType.Delete, new TableEntity(partition, NoticeKeys.Due(stored.Since, id)), ETag.All),
                ],
                cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // The due row is gone: another delivery of the same notice ended it first.
        }
    }

    internal async IAsyncEnumerable<NoticeId> DueAsync(Instant olderThan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var partition in NoticeKeys.Partitions)
        {
            var filter = TableClient.CreateQueryFilter(
                $"PartitionKey eq {partition} and RowKey ge {"due|"} and RowKey lt {NoticeKeys.DueBefore(olderThan)}");
            await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
            {
                yield return NoticeKeys.IdOfDue(row.RowKey);
            }
        }
    }

    private static StoredNotice Read(NoticeId id, TableEntity row) => new(
        new Notice(
            id,
            CustomerId.Of(row.GetString("Customer")!),
            Enum.Parse<NoticeChannel>(row.GetString("Channel")!),
            Enum.Parse<NoticeKind>(row.GetString("Kind")!),
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString("Facts")!)!,
            row.GetString("Link"))
        {
            Address = row.GetString("Address"),
            Attachment = row.GetString("Attachment") is { } document ? StoredJson.Read<DocumentReference>(document) : null,
        },
        Enum.Parse<NoticeState>(row.GetString("State")!),
        Instant.FromUnixTimeMilliseconds(row.GetInt64("Since")!.Value));

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}

internal sealed record StoredNotice(Notice Notice, NoticeState State, Instant Since);
