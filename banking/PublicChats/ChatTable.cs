using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.PublicChats;

/// <summary>
/// Table PublicChats: partition = conversation; row <c>chat</c>, its messages in order, and one row per idempotency key. Partition <c>open</c>: what staff see;
/// partition <c>erase</c>: what goes when.
/// </summary>
internal sealed class ChatTable(BankTables tables)
{
    public const string Name = "PublicChats";
    private const string Chat = "chat";
    private const string Open = "open";
    private const string Erase = "erase";
    private const int BatchAtMost = 100;

    private TableClient Table => tables.Open(Name);

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The index rows go first: what they point at may be missing, never the other way round.</summary>
    public async Task StartAsync(PublicChat chat, string secret, Instant eraseAt, CancellationToken cancellation)
    {
        await Table.UpsertEntityAsync(new TableEntity(Erase, $"{Moment(eraseAt)}|{chat.Id}"), TableUpdateMode.Replace, cancellation);
        await Table.UpsertEntityAsync(new TableEntity(Open, $"{Moment(chat.StartedAt)}|{chat.Id}"), TableUpdateMode.Replace, cancellation);
        await Table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, new TableEntity(chat.Id, Chat)
                {
                    ["Name"] = chat.Name!,
                    ["Secret"] = HashOf(secret),
                    ["State"] = chat.State.ToString(),
                    ["StartedAt"] = chat.StartedAt.ToUnixTimeMilliseconds(),
                    ["Count"] = chat.Messages.Count,
                }),
                .. chat.Messages.Select(message => new TableTransactionAction(TableTransactionActionType.Add, Row(chat.Id, message))),
            ],
            cancellation);
    }

    /// <summary>The conversation with its messages: one query.</summary>
    public async Task<StoredChat?> FindAsync(string id, CancellationToken cancellation)
    {
        if (!PublicChat.IsId(id))
            return null;
        TableEntity? head = null;
        List<ChatMessage> messages = [];
        Dictionary<string, string> keys = [];
        await foreach (var row in Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {id}"), cancellationToken: cancellation))
        {
            if (row.RowKey == Chat)
                head = row;
            else if (row.RowKey.StartsWith("key|", StringComparison.Ordinal))
                keys[row.RowKey] = row.GetString("RequestHash")!;
            else
                messages.Add(new ChatMessage(row.GetInt32("Number")!.Value, row.GetString("Officer"), row.GetString("Text")!, Instant.FromUnixTimeMilliseconds(row.GetInt64("At")!.Value)));
        }

        return head is null ? null : new StoredChat(
            new PublicChat(
                id, head.GetString("Name"), Enum.Parse<ChatState>(head.GetString("State")!), Instant.FromUnixTimeMilliseconds(head.GetInt64("StartedAt")!.Value), messages),
            head.GetString("Secret")!, keys, head.ETag);
    }

    /// <param name="message">Null only changes the state.</param>
    /// <returns>False when it was changed since it was read.</returns>
    public async Task<bool> ChangeAsync(StoredChat before, ChatState state, ChatMessage? message, (string Row, string RequestHash)? key, CancellationToken cancellation)
    {
        var id = before.Chat.Id;
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.UpdateMerge, new TableEntity(id, Chat) { ["State"] = state.ToString(), ["Count"] = message?.Number ?? before.Chat.Messages.Count }, before.ETag),
        ];
        if (message is not null)
            actions.Add(new(TableTransactionActionType.Add, Row(id, message)));
        if (key is { } used)
            actions.Add(new(TableTransactionActionType.Add, new TableEntity(id, used.Row) { ["RequestHash"] = used.RequestHash }));
        return await Table.TrySubmitAsync(actions, cancellation);
    }

    public Task TakeFromOpenAsync(PublicChat chat, CancellationToken cancellation) =>
        Table.DeleteEntityAsync(Open, $"{Moment(chat.StartedAt)}|{chat.Id}", ETag.All, cancellation);

    /// <summary>Those that are not closed, the oldest first: key of the list and id.</summary>
    public async IAsyncEnumerable<(string Key, string Id)> OpenAsync(string after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Open} and RowKey gt {after}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
            yield return (row.RowKey, row.RowKey.Split('|')[1]);
    }

    /// <summary>Erases what is due: the conversation first, the row that says so last.</summary>
    public async Task EraseAsync(Instant until, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Erase} and RowKey le {Moment(until) + "~"}");
        await foreach (var due in Table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
        {
            var id = due.RowKey.Split('|')[1];
            if (await FindAsync(id, cancellation) is { } stored)
                await TakeFromOpenAsync(stored.Chat, cancellation);
            List<TableEntity> rows = [];
            await foreach (var row in Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {id}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
                rows.Add(row);
            foreach (var batch in rows.OrderBy(row => row.RowKey == Chat).Chunk(BatchAtMost))
                await Table.SubmitTransactionAsync([.. batch.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All))], cancellation);
            await Table.DeleteEntityAsync(Erase, due.RowKey, ETag.All, cancellation);
        }
    }

    private static TableEntity Row(string id, ChatMessage message) => new(id, $"message|{message.Number:D6}")
    {
        ["Number"] = message.Number,
        ["Officer"] = message.Officer!,
        ["Text"] = message.Text,
        ["At"] = message.At.ToUnixTimeMilliseconds(),
    };

    private static string Moment(Instant at) => at.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture);
}

/// <param name="Secret">Hash of it.</param>
/// <param name="Keys">Idempotency keys used in it, with the hashes of their requests.</param>
internal sealed record StoredChat(PublicChat Chat, string Secret, IReadOnlyDictionary<string, string> Keys, ETag ETag)
{
    public bool IsOpenedBy(string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(ChatTable.HashOf(secret)), Encoding.ASCII.GetBytes(Secret));
}
