namespace Serverless.Banking.Notifications;

public enum NoticeState
{
    /// <summary>In the outbox, not yet accepted by the gateway.</summary>
    Due,
    Delivered,

    /// <summary>The customer has no address for the channel.</summary>
    Unreachable,

    /// <summary>Refused by the gateway, or the gateway was out of order too long.</summary>
    Failed,
}
