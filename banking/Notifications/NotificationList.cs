using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Notifications;

/// <summary>What was sent to a customer's phone, newest first, with its read state (NOTE-05, NOTE-19).</summary>
/// <remarks>Table NotificationItems: partition = customer, row = time (inverted) and id. Written on the way to the gateway; who has no phone with pushes finds the item here all the same.</remarks>
public sealed class NotificationList
{
    internal const string Table = "NotificationItems";
    private const int BatchAtMost = 100;

    private readonly TableClient table;
    private readonly NoticeTable outbox;

    internal NotificationList(BankTables tables, NoticeTable outbox) => (table, this.outbox) = (tables.Open(Table), outbox);

    /// <returns>A page after the cursor's row.</returns>
    public async Task<Page<NotificationItem>> RunAsync(CustomerId customer, PageRequest page, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {customer.Value} and RowKey gt {page.After ?? ""}");
        List<NotificationItem> items = [];
        string? last = null;
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: page.Limit + 1, cancellationToken: cancellation))
        {
            if (items.Count == page.Limit)
                return new Page<NotificationItem>(items, last);
            items.Add(Read(row));
            last = row.RowKey;
        }

        return new Page<NotificationItem>(items, null);
    }

    public async Task<int> CountUnreadAsync(CustomerId customer, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var _ in UnreadAsync(customer, cancellation))
            count++;
        return count;
    }

    /// <returns>Nothing; or <see cref="NotificationNotFound"/>, also for somebody else's. Reading twice is reading.</returns>
    public async Task<Result<Nothing>> MarkReadAsync(CustomerId customer, NoticeId id, CancellationToken cancellation)
    {
        if (await outbox.FindAsync(id, cancellation) is not { } stored || stored.Notice.Customer != customer)
            return new NotificationNotFound();
        try
        {
            await table.UpdateEntityAsync(ReadRow(customer, RowKey(stored.Since, id)), ETag.All, TableUpdateMode.Merge, cancellation);
            return default(Nothing);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return new NotificationNotFound();
        }
    }

    /// <summary>All that are there when it begins.</summary>
    public async Task MarkAllReadAsync(CustomerId customer, CancellationToken cancellation)
    {
        List<string> unread = [];
        await foreach (var row in UnreadAsync(customer, cancellation))
            unread.Add(row.RowKey);
        foreach (var batch in unread.Chunk(BatchAtMost))
        {
            await table.SubmitTransactionAsync(
                batch.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertMerge, ReadRow(customer, row))), cancellation);
        }
    }

    /// <summary>Once; a second time changes nothing, so what was read stays read.</summary>
    internal async Task AddAsync(CustomerId customer, StoredNotice stored, string title, string text, CancellationToken cancellation)
    {
        var row = new TableEntity(customer.Value, RowKey(stored.Since, stored.Notice.Id))
        {
            ["Type"] = NoticeTypes.TypeOf(stored.Notice.Kind).ToString(),
            ["Title"] = title,
            ["Text"] = text,
            ["Link"] = stored.Notice.Link!,
            ["SentAt"] = stored.Since.ToUnixTimeMilliseconds(),
            ["Unread"] = true,
        };
        // False: a delivery that is tried again.
        await table.TryAddAsync(row, cancellation);
    }

    internal Task RemoveAsync(CustomerId customer, StoredNotice stored, CancellationToken cancellation) =>
        table.DeleteEntityAsync(customer.Value, RowKey(stored.Since, stored.Notice.Id), ETag.All, cancellation);

    private AsyncPageable<TableEntity> UnreadAsync(CustomerId customer, CancellationToken cancellation) => table.QueryAsync<TableEntity>(
        TableClient.CreateQueryFilter($"PartitionKey eq {customer.Value} and Unread eq {true}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation);

    private static TableEntity ReadRow(CustomerId customer, string row) => new(customer.Value, row) { ["Unread"] = false };

    private static string RowKey(Instant since, NoticeId id) => $"{99_999_999_999_999 - since.ToUnixTimeMilliseconds():D14}|{id.Value}";

    private static NotificationItem Read(TableEntity row) => new(
        NoticeId.Parse(row.RowKey[15..]), Enum.Parse<NoticeType>(row.GetString("Type")!), row.GetString("Title")!, row.GetString("Text")!,
        Instant.FromUnixTimeMilliseconds(row.GetInt64("SentAt")!.Value), row.GetBoolean("Unread") != true, row.GetString("Link"));
}
