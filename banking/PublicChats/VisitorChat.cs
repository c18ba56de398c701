using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Ledger;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Storage;

namespace Serverless.Banking.PublicChats;

/// <param name="Secret">Told once; the bank keeps only its hash.</param>
public sealed record StartedChat(PublicChat Chat, string Secret);

/// <summary>Begins a conversation from the public pages (EKL-23).</summary>
public sealed class StartChat
{
    private readonly ChatTable table;
    private readonly ChatLimits limits;
    private readonly PublicChatsOptions options;
    private readonly TimeProvider time;

    internal StartChat(ChatTable table, ChatLimits limits, IOptions<PublicChatsOptions> options, TimeProvider time) =>
        (this.table, this.limits, this.options, this.time) = (table, limits, options.Value, time);

    /// <param name="from">The caller's network address; kept only as a keyed hash.</param>
    /// <returns>Or <see cref="TooManyRequests"/>. A start whose answer is lost leaves a conversation that nobody can open, and that goes with its time.</returns>
    public async Task<Result<StartedChat>> RunAsync(string? name, string text, string from, CancellationToken cancellation)
    {
        var allowed = await limits.StartAsync(from, cancellation);
        if (!allowed.IsSuccess)
            return allowed.Error;
        var now = time.NowToTheMillisecond();
        var chat = new PublicChat(RandomNumberGenerator.GetHexString(32, lowercase: true), name, ChatState.Waiting, now, [new ChatMessage(1, null, text, now)]);
        var secret = RandomNumberGenerator.GetHexString(64, lowercase: true);
        await table.StartAsync(chat, secret, now + Duration.FromDays(options.RetentionDays), cancellation);
        return new StartedChat(chat, secret);
    }
}

/// <summary>What a visitor reads of his conversation.</summary>
public sealed class ReadChat
{
    private readonly ChatTable table;

    internal ReadChat(ChatTable table) => this.table = table;

    /// <returns>Or <see cref="ChatNotFound"/>, also for a wrong secret.</returns>
    public async Task<Result<PublicChat>> RunAsync(string id, string secret, CancellationToken cancellation) =>
        await table.FindAsync(id, cancellation) is { } stored && stored.IsOpenedBy(secret) ? stored.Chat : new ChatNotFound();
}

/// <summary>A visitor writes on.</summary>
public sealed class WriteChat
{
    private readonly ChatTable table;
    private readonly ChatLimits limits;
    private readonly ChatWriting writing;

    internal WriteChat(ChatTable table, ChatLimits limits, ChatWriting writing) => (this.table, this.limits, this.writing) = (table, limits, writing);

    /// <param name="from">The caller's network address; kept only as a keyed hash.</param>
    /// <returns>Or, first match: <see cref="TooManyRequests"/>, <see cref="ChatNotFound"/>, then as <see cref="ChatWriting"/>.</returns>
    public async Task<Result<PublicChat>> RunAsync(string id, string secret, string text, IdempotencyKey key, string requestHash, string from, CancellationToken cancellation)
    {
        var allowed = await limits.WriteAsync(from, cancellation);
        if (!allowed.IsSuccess)
            return allowed.Error;
        return await table.FindAsync(id, cancellation) is { } stored && stored.IsOpenedBy(secret)
            ? await writing.RunAsync(id, null, text, key, requestHash, cancellation)
            : new ChatNotFound();
    }
}

/// <summary>How often one network address may begin and write.</summary>
internal sealed class ChatLimits(RateLimits.RateLimits limits, KeyedHash hash, IOptions<PublicChatsOptions> options)
{
    public Task<Result<Nothing>> StartAsync(string from, CancellationToken cancellation) =>
        limits.TakeAsync(Subject(from), new RateLimit("chat-start", options.Value.StartsPerHour, Duration.FromHours(1)), cancellation);

    public Task<Result<Nothing>> WriteAsync(string from, CancellationToken cancellation) =>
        limits.TakeAsync(Subject(from), new RateLimit("chat-message", options.Value.MessagesPerMinute, Duration.FromMinutes(1)), cancellation);

    private string Subject(string from) => $"address|{hash.Of("address", from)}";
}

/// <summary>Adds one message, once per key and author.</summary>
internal sealed class ChatWriting(ChatTable table, TimeProvider time)
{
    private const int TriesAtMost = 16;

    /// <param name="officer">Null for the visitor.</param>
    /// <returns>The conversation with it; a repeated key changes nothing. Or, first match: <see cref="ChatNotFound"/>, <see cref="IdempotencyKeyReused"/>,
    /// <see cref="ChatClosed"/>, <see cref="ChatFull"/>.</returns>
    public async Task<Result<PublicChat>> RunAsync(string id, string? officer, string text, IdempotencyKey key, string requestHash, CancellationToken cancellation)
    {
        var row = $"key|{TransactionId.Derive("chat", officer ?? "", key.Value)}";
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await table.FindAsync(id, cancellation) is not { Chat: var chat } stored)
                return new ChatNotFound();
            if (stored.Keys.TryGetValue(row, out var used))
                return used == requestHash ? chat : new IdempotencyKeyReused();
            if (chat.State == ChatState.Closed)
                return new ChatClosed();
            if (chat.Messages.Count >= PublicChat.MessagesAtMost)
                return new ChatFull(PublicChat.MessagesAtMost);
            var message = new ChatMessage(chat.Messages.Count + 1, officer, text, time.NowToTheMillisecond());
            var state = officer is null ? ChatState.Waiting : ChatState.Answered;
            if (await table.ChangeAsync(stored, state, message, (row, requestHash), cancellation))
                return chat with { State = state, Messages = [.. chat.Messages, message] };
            await StorageFaults.BackOffAsync(attempt);
        }

        throw new InvalidOperationException("Too many write in one conversation at once.");
    }
}
