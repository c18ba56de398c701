using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.PublicChats;

/// <summary>Section <c>PublicChats</c>.</summary>
public sealed class PublicChatsOptions
{
    /// <summary>Conversations that one network address may begin in any hour.</summary>
    [Range(1, 100_000)]
    public int StartsPerHour { get; set; } = 5;

    /// <summary>Messages that one network address may write in any minute.</summary>
    [Range(1, 100_000)]
    public int MessagesPerMinute { get; set; } = 20;

    /// <summary>How long a conversation is kept, open or closed.</summary>
    [Range(1, 366)]
    public int RetentionDays { get; set; } = 30;
}
