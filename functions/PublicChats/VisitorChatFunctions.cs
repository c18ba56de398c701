using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.PublicChats;
using Serverless.Functions.Http;

namespace Serverless.Functions.PublicChats;

public sealed class StartChatFunction(StartChat start)
{
    [Function("PublicChats_Start")]
    [Access(Right.Public)]
    [NoAddressLimit("It counts the callers of an address itself: conversations by the hour, messages by the minute.")]
    [NotConfirmed("A question from the public pages.")]
    [Summary("Begins a conversation with the contact centre from the public pages.",
        Details = "Keep `chatId` and `secret`: both are needed to read and write on, and the secret is told only here. Never write passwords or card numbers in it.")]
    [Body<StartChatRequest>]
    [Answers<StartedChatResponse>(201)]
    [Refuses<TooManyRequests>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/chats")] HttpRequest request) =>
        request.ReadBody<StartChatRequest>()
            .Then(body => start.RunAsync(body.Name, body.Text, request.Address(), request.HttpContext.RequestAborted))
            .Respond(started => TypedResults.Created(
                $"/api/public/v1/chats/{started.Chat.Id}", new StartedChatResponse(started.Chat.Id, started.Secret, ChatResponse.From(started.Chat))));
}

public sealed class ReadChatFunction(ReadChat read)
{
    [Function("PublicChats_Read")]
    [Access(Right.Public)]
    [Summary("A visitor's conversation with all its messages, the oldest first.")]
    [Header(ChatSecret.Header, ChatSecret.Meaning)]
    [Answers<ChatResponse>]
    [Refuses<ChatNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/chats/{chat:length(32)}")] HttpRequest request, string chat) =>
        read.RunAsync(chat, ChatSecret.Of(request), request.HttpContext.RequestAborted).Respond(found => TypedResults.Ok(ChatResponse.From(found)));
}

public sealed class WriteChatFunction(WriteChat write)
{
    [Function("PublicChats_Write")]
    [Access(Right.Public)]
    [Idempotent]
    [NoAddressLimit("It counts the callers of an address itself: conversations by the hour, messages by the minute.")]
    [NotConfirmed("A question from the public pages.")]
    [Summary("Writes on in a visitor's conversation.")]
    [Header(ChatSecret.Header, ChatSecret.Meaning)]
    [Body<ChatTextRequest>]
    [Answers<ChatResponse>(201)]
    [Refuses<TooManyRequests>, Refuses<ChatNotFound>, Refuses<IdempotencyKeyReused>, Refuses<ChatClosed>, Refuses<ChatFull>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/chats/{chat:length(32)}/messages")] HttpRequest request, string chat) =>
        request.ReadBody<ChatTextRequest>()
            .Then(body => write.RunAsync(
                chat, ChatSecret.Of(request), body.Text, request.IdempotencyKey(), request.BodyHash(), request.Address(), request.HttpContext.RequestAborted))
            .Respond(found => TypedResults.Created($"/api/public/v1/chats/{found.Id}", ChatResponse.From(found)));
}

internal static class ChatSecret
{
    public const string Header = "Chat-Secret";
    public const string Meaning = "As the start of the conversation told it.";

    /// <summary>Empty for none, which no conversation has.</summary>
    public static string Of(HttpRequest request) => request.Headers[Header] is [{ } secret] ? secret : "";
}

public sealed record StartChatRequest(
    [property: MaxLength(PublicChat.TextAtMost), Multiline, Example("Si hapet eKlik?")] string Text, [property: MaxLength(60)] string? Name = null);

public sealed record ChatTextRequest([property: MaxLength(PublicChat.TextAtMost), Multiline] string Text);

public sealed record StartedChatResponse(string ChatId, [property: Description("Told only here.")] string Secret, ChatResponse Chat);

[Description("A conversation with the contact centre.")]
public sealed record ChatResponse(string Id, string? Name, ChatState State, Instant StartedAt, IReadOnlyList<ChatMessageResponse> Messages)
{
    public static ChatResponse From(PublicChat chat) => new(
        chat.Id, chat.Name, chat.State, chat.StartedAt,
        [.. chat.Messages.Select(message => new ChatMessageResponse(message.Number, message.Officer is null ? ChatAuthor.Visitor : ChatAuthor.Bank, message.Text, message.At))]);
}

public sealed record ChatMessageResponse(int Number, ChatAuthor Author, string Text, Instant At);

public enum ChatAuthor
{
    Visitor,
    Bank,
}
