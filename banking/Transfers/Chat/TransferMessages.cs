using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Transfers;

/// <summary>What one of a transfer's two parties wrote to the other (TRF-12).</summary>
/// <param name="IsMine">Written by whoever reads it.</param>
public sealed record TransferMessage(Guid Id, bool IsMine, string Text, Instant At)
{
    public const int LengthAtMost = 500;
}

/// <summary>Table TransferMessages: one partition per transfer, messages in the order of time.</summary>
internal sealed class TransferThread(BankTables tables)
{
    public const string Table = "TransferMessages";
    private const string First = "message|";

    private TableClient Messages => tables.Open(Table);

    public static string PartitionOf(TransferId transfer) => transfer.Value.ToString("N");

    public static Guid IdOf(TransferId transfer, CustomerId author, string key) =>
        Ledger.TransactionId.Derive("transfer_message", PartitionOf(transfer), author.Value, key).Value;

    /// <param name="tells">Goes into the message's group; null when whoever calls is repeated until it has told.</param>
    /// <returns>The message; for a repeated key the first one. Or <see cref="IdempotencyKeyReused"/>.</returns>
    public async Task<Result<TransferMessage>> AddAsync(
        TransferId transfer, CustomerId author, string key, string requestHash, string text, Instant at, CancellationToken cancellation, OutboxRow? tells = null)
    {
        var partition = PartitionOf(transfer);
        var id = IdOf(transfer, author, key);
        var keyRow = $"key|{id:N}";
        var row = $"{First}{at.ToUnixTimeTicks():D19}|{id:N}";
        try
        {
            await Messages.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, keyRow) { ["Row"] = row, ["RequestHash"] = requestHash }),
                    new TableTransactionAction(
                        TableTransactionActionType.Add, new TableEntity(partition, row) { ["Author"] = author.Value, ["Text"] = text }),
                    .. tells is null ? (TableTransactionAction[])[] : [tells.Add()],
                ],
                cancellation);
            return new TransferMessage(id, IsMine: true, text, at);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            var used = (await Messages.GetEntityAsync<TableEntity>(partition, keyRow, null, cancellation)).Value;
            if (used.GetString("RequestHash") != requestHash)
                return new IdempotencyKeyReused();
            return Read((await Messages.GetEntityAsync<TableEntity>(partition, used.GetString("Row")!, null, cancellation)).Value, author);
        }
    }

    /// <param name="after">The last row of the page before.</param>
    public async Task<Page<TransferMessage>> ListAsync(TransferId transfer, CustomerId reader, PageRequest page, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {transfer.Value.ToString("N")} and RowKey gt {page.After ?? First} and RowKey lt {First + "~"}");
        var rows = new List<TableEntity>();
        await foreach (var row in Messages.QueryAsync<TableEntity>(filter, maxPerPage: page.Limit + 1, cancellationToken: cancellation))
        {
            if (rows.Count == page.Limit)
                return new Page<TransferMessage>([.. rows.Select(one => Read(one, reader))], rows[^1].RowKey);
            rows.Add(row);
        }

        return new Page<TransferMessage>([.. rows.Select(one => Read(one, reader))], null);
    }

    private static TransferMessage Read(TableEntity row, CustomerId reader)
    {
        var parts = row.RowKey.Split('|');
        return new TransferMessage(
            Guid.ParseExact(parts[2], "N"), row.GetString("Author") == reader.Value, row.GetString("Text")!,
            Instant.FromUnixTimeTicks(long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)));
    }
}

/// <summary>Writes to the other party of a transfer, and pushes it to him at once (TRF-12, TRF-13). The text stands in no log and no push.</summary>
/// <remarks>The message and the outbox row of its push are one group.</remarks>
public sealed class WriteTransferMessage
{
    private readonly FindTransfer find;
    private readonly TransferThread thread;
    private readonly Dispatch dispatch;
    private readonly TimeProvider time;

    internal WriteTransferMessage(FindTransfer find, TransferThread thread, Dispatch dispatch, TimeProvider time) =>
        (this.find, this.thread, this.dispatch, this.time) = (find, thread, dispatch, time);

    /// <returns>The message; for a repeated key the first one. Or, first match: <see cref="TransferNotFound"/> for anybody but the two parties,
    /// <see cref="TransferHasNoThread"/>, <see cref="IdempotencyKeyReused"/>.</returns>
    public async Task<Result<TransferMessage>> RunAsync(
        CustomerId author, TransferId transfer, IdempotencyKey key, string requestHash, string text, CancellationToken cancellation)
    {
        var found = await find.RunAsync(author, transfer, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (!TransferThreads.Has(found.Value.Transfer))
            return new TransferHasNoThread();
        var id = TransferThread.IdOf(transfer, author, key.Value);
        var tells = Announce.RowOf(
            TransferThread.Table, TransferThread.PartitionOf(transfer), id, Announcement.Of(TransferThreads.Notice(found.Value.Transfer, author, id)));
        await dispatch.PointAsync(tells, cancellation);
        var written = await thread.AddAsync(
            transfer, author, key.Value, requestHash, text, Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation, tells);
        if (written.IsSuccess)
            await dispatch.RunAsync(tells);
        return written;
    }
}

/// <summary>The messages of a transfer, oldest first (TRF-12).</summary>
public sealed class ListTransferMessages
{
    private readonly FindTransfer find;
    private readonly TransferThread thread;

    internal ListTransferMessages(FindTransfer find, TransferThread thread) => (this.find, this.thread) = (find, thread);

    /// <returns>Or <see cref="TransferNotFound"/> for anybody but the two parties, <see cref="TransferHasNoThread"/>.</returns>
    public async Task<Result<Page<TransferMessage>>> RunAsync(CustomerId reader, TransferId transfer, PageRequest page, CancellationToken cancellation)
    {
        var found = await find.RunAsync(reader, transfer, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return TransferThreads.Has(found.Value.Transfer) ? await thread.ListAsync(transfer, reader, page, cancellation) : new TransferHasNoThread();
    }
}

/// <summary>Makes the comment that came with an order the first message of its thread.</summary>
internal sealed class WriteComment(TransferThread thread, SendNotice notices) : ITransferFollowUp
{
    public async Task RunAsync(Transfer settled, bool saveBeneficiary, CancellationToken cancellation)
    {
        if (settled.Wishes?.Comment is not { } comment || !TransferThreads.Has(settled) || settled.State != TransferState.Settled)
            return;
        var written = await thread.AddAsync(settled.Id, settled.Customer, "comment", "comment", comment, settled.OrderedAt, cancellation);
        await notices.RunAsync(TransferThreads.Notice(settled, settled.Customer, written.Value!.Id), cancellation);
    }
}

internal static class TransferThreads
{
    /// <summary>Two customers of this bank.</summary>
    public static bool Has(Transfer transfer) => transfer.To.Customer is { } payee && payee != transfer.Customer && transfer.IsWithinBank;

    /// <summary>For the party that did not write; it says neither who nor what.</summary>
    public static Notice Notice(Transfer transfer, CustomerId author, Guid message) => new(
        NoticeId.Of(nameof(NoticeKind.TransferMessage), message.ToString("N")), author == transfer.Customer ? transfer.To.Customer!.Value : transfer.Customer,
        NoticeChannel.Push, NoticeKind.TransferMessage, new Dictionary<string, string> { ["amount"] = Words.Amount(transfer.Amount) },
        $"transfers/{transfer.Id}");
}

/// <summary>Only transfers between two customers of this bank have a thread.</summary>
public sealed record TransferHasNoThread() : Refused("transfer_has_no_thread");
