using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Storage;
using Serverless.Banking.Webhooks;

namespace Serverless.Banking.Partners;

/// <summary>A partner's message that could not be handled so far.</summary>
/// <param name="Failures">How often it was tried in vain.</param>
/// <param name="Failure">Code of the last error; <c>internal_error</c> for a bug or an outage.</param>
/// <param name="IsKept">The bank has taken it from the partner, who does not send it again: only the staff can have it handled.</param>
public sealed record FailedMessage(Guid Id, string Partner, string MessageId, string Type, int Failures, string Failure, bool IsKept, Instant FirstAt, Instant LastAt);

/// <summary>The messages that fail again and again (the poison list): their bytes sealed, so that none is lost and each can be handled again.</summary>
/// <remarks>Table WebhookDeliveries, partition <c>failed</c>; few rows.</remarks>
public sealed class FailedMessages
{
    private const string Partition = "failed";

    /// <summary>A column of Table Storage holds 64 KiB, and a message may have as much.</summary>
    private const int PartBytes = 32 * 1024;

    private readonly TableClient table;
    private readonly WebhookSeal seal;
    private readonly LaterWork later;
    private readonly IOptions<WebhooksOptions> options;
    private readonly TimeProvider time;

    internal FailedMessages(BankTables tables, WebhookSeal seal, LaterWork later, IOptions<WebhooksOptions> options, TimeProvider time) =>
        (table, this.seal, this.later, this.options, this.time) = (tables.Open(WebhookDeliveries.Table), seal, later, options, time);

    /// <summary>The address of a message in this list.</summary>
    public static Guid IdOf(string partner, string messageId) => Ledger.StableGuid.Of("webhook", partner, messageId);

    /// <returns>The message with this failure counted.</returns>
    public async Task<FailedMessage> NoteAsync(PartnerMessage message, string failure, CancellationToken cancellation)
    {
        var id = IdOf(message.Partner, message.Id);
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        while (true)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, id.ToString("N"), cancellationToken: cancellation);
            var before = found.HasValue ? Read(found.Value!) : null;
            var failures = (before?.Failures ?? 0) + 1;
            var noted = new FailedMessage(
                id, message.Partner, message.Id, message.Type.Length <= 100 ? message.Type : message.Type[..100], failures, failure,
                failures >= options.Value.FailuresUntilKept, before?.FirstAt ?? now, now);
            if (await table.TryWriteAsync(ToRow(noted, message.Body), found.HasValue ? found.Value!.ETag : null, cancellation))
                return noted;
        }
    }

    /// <summary>It was handled after all.</summary>
    public Task ForgetAsync(string partner, string messageId, CancellationToken cancellation) =>
        table.TryDeleteAsync(Partition, IdOf(partner, messageId).ToString("N"), ETag.All, cancellation);

    /// <summary>The same, and nobody waits for it: most messages have never failed.</summary>
    public void ForgetLater(string partner, string messageId) =>
        later.Start("A failed message's end", () => ForgetAsync(partner, messageId, CancellationToken.None));

    /// <summary>In no particular order.</summary>
    public async Task<Page<FailedMessage>> ListAsync(PageRequest page, CancellationToken cancellation)
    {
        List<FailedMessage> found = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {page.After ?? ""}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: page.Limit + 1, cancellationToken: cancellation))
        {
            if (found.Count == page.Limit)
                return new Page<FailedMessage>(found, found[^1].Id.ToString("N"));
            found.Add(Read(row));
        }

        return new Page<FailedMessage>(found, null);
    }

    /// <returns>The message as it came; null when there is none, or it was handled meanwhile.</returns>
    public async Task<PartnerMessage?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, id.ToString("N"), cancellationToken: cancellation);
        if (!found.HasValue)
            return null;
        var (row, noted) = (found.Value!, Read(found.Value!));
        byte[] bytes = [.. row.GetBinary("Body0")!, .. row.GetBinary("Body1") ?? [], .. row.GetBinary("Body2") ?? []];
        return PartnerMessage.Of(noted.Partner, noted.MessageId, seal.Open(Place(id), bytes));
    }

    /// <summary>Erases those that have not failed since a moment.</summary>
    internal async Task<int> EraseAsync(Instant before, CancellationToken cancellation)
    {
        var erased = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
        {
            if (Read(row).LastAt < before)
                erased += await table.TryDeleteAsync(Partition, row.RowKey, row.ETag, cancellation) ? 1 : 0;
        }

        return erased;
    }

    private TableEntity ToRow(FailedMessage it, ReadOnlyMemory<byte> body)
    {
        var row = new TableEntity(Partition, it.Id.ToString("N")) { ["Message"] = StoredJson.Write(it) };
        var part = 0;
        foreach (var bytes in seal.Seal(Place(it.Id), body.Span).Chunk(PartBytes))
            row[$"Body{part++}"] = bytes;
        return row;
    }

    private static FailedMessage Read(TableEntity row) => StoredJson.Read<FailedMessage>(row.GetString("Message")!);

    private static string Place(Guid id) => $"failed webhook\n{id:N}";
}
