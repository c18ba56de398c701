using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.PublicChats;

/// <summary>What the contact centre has to look after: every conversation that is not closed, the oldest first.</summary>
public sealed class ListChats
{
    private readonly ChatTable table;

    internal ListChats(ChatTable table) => this.table = table;

    /// <returns>A page may have fewer items than asked for and still a next one.</returns>
    public async Task<Page<PublicChat>> RunAsync(PageRequest page, CancellationToken cancellation)
    {
        List<PublicChat> found = [];
        string? last = null;
        await foreach (var (key, id) in table.OpenAsync(page.After ?? "", cancellation))
        {
            if (found.Count == page.Limit)
                return new Page<PublicChat>(found, last);
            last = key;
            if (await table.FindAsync(id, cancellation) is { Chat: { State: not ChatState.Closed } chat })
                found.Add(chat);
        }

        return new Page<PublicChat>(found, null);
    }

    /// <returns>Or <see cref="ChatNotFound"/>.</returns>
    public async Task<Result<PublicChat>> FindAsync(string id, CancellationToken cancellation) =>
        await table.FindAsync(id, cancellation) is { } stored ? stored.Chat : new ChatNotFound();
}

/// <summary>The contact centre answers.</summary>
public sealed class AnswerChat
{
    private readonly ChatWriting writing;

    internal AnswerChat(ChatWriting writing) => this.writing = writing;

    /// <returns>As <see cref="ChatWriting"/>. Who wrote stands with the message.</returns>
    public Task<Result<PublicChat>> RunAsync(string id, AuditActor officer, string text, IdempotencyKey key, string requestHash, CancellationToken cancellation) =>
        writing.RunAsync(id, officer.Id, text, key, requestHash, cancellation);
}

/// <summary>The contact centre ends a conversation; ending it again changes nothing.</summary>
public sealed class CloseChat
{
    private const int TriesAtMost = 16;

    private readonly ChatTable table;
    private readonly RecordAudit audit;

    internal CloseChat(ChatTable table, RecordAudit audit) => (this.table, this.audit) = (table, audit);

    /// <returns>Or <see cref="ChatNotFound"/>.</returns>
    public async Task<Result<PublicChat>> RunAsync(string id, AuditActor officer, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await table.FindAsync(id, cancellation) is not { Chat: var chat } stored)
                return new ChatNotFound();
            if (chat.State != ChatState.Closed)
            {
                await audit.RunAsync(new AuditEvent(officer, "chat_closed", $"chat/{id}") { Id = StableGuid.Of("chat_closed", id) }, cancellation);
                if (!await table.ChangeAsync(stored, ChatState.Closed, null, null, cancellation))
                {
                    await StorageFaults.BackOffAsync(attempt);
                    continue;
                }
            }

            await table.TakeFromOpenAsync(chat, cancellation);
            return chat with { State = ChatState.Closed };
        }

        throw new InvalidOperationException("Too many write in one conversation at once.");
    }
}

/// <summary>Conversations are kept for a while and then erased.</summary>
public sealed class EraseChats
{
    private readonly ChatTable table;

    internal EraseChats(ChatTable table) => this.table = table;

    public Task RunAsync(Instant now, CancellationToken cancellation) => table.EraseAsync(now, cancellation);
}
