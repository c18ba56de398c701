using NodaTime;

namespace Serverless.Banking.PublicChats;

/// <summary>A conversation from the public pages with the contact centre (EKL-23).</summary>
/// <param name="Id">Random, 32 hexadecimal digits.</param>
/// <param name="Name">As the visitor gave it; null for none.</param>
/// <param name="Messages">In the order in which they were written.</param>
public sealed record PublicChat(string Id, string? Name, ChatState State, Instant StartedAt, IReadOnlyList<ChatMessage> Messages)
{
    public const int TextAtMost = 1000;

    public const int MessagesAtMost = 500;

    public static bool IsId(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);
}

/// <param name="Number">1 and up, without gaps.</param>
/// <param name="Officer">Who of the contact centre wrote it; null for the visitor.</param>
public sealed record ChatMessage(int Number, string? Officer, string Text, Instant At);

public enum ChatState
{
    /// <summary>The contact centre has to answer.</summary>
    Waiting,
    Answered,
    Closed,
}

/// <summary>No such conversation, or another secret, which nobody can tell apart.</summary>
public sealed record ChatNotFound() : NotFound("chat_not_found");

public sealed record ChatClosed() : Conflict("chat_closed");

/// <summary>A new conversation takes what this one does not.</summary>
public sealed record ChatFull(int MessagesAtMost) : Refused("chat_full");
