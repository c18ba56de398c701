using NodaTime;

namespace Serverless.Banking.Notifications;

/// <summary>One line of the customer's list of notifications (NOTE-05), in the words that were sent.</summary>
public sealed record NotificationItem(NoticeId Id, NoticeType Type, string Title, string Text, Instant SentAt, bool IsRead, string? Link);
