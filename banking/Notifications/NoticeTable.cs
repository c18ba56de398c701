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
                        new TableEntity(partition, NoticeKeys.Notice(id)) { ["State"] = state.ToString(), ["Secret"] = "", ["ClosedAt"] = time.GetUtcNow() },
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
        Instant.FromUnixTimeMilliseconds(row.GetInt64("Since")!.Value));

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}

internal sealed record StoredNotice(Notice Notice, NoticeState State, Instant Since);
