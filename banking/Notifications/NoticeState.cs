namespace Serverless.Banking.Notifications;

public enum NoticeState
{
    /// <summary>In the outbox, not yet accepted by the gateway.</summary>
    Due,
    Delivered,

    /// <summary>The customer has no address for the channel.</summary>
    Unreachable,

    /// <summary>The customer has switched this type off: nothing was sent, and nothing will be.</summary>
    SwitchedOff,

    /// <summary>Refused by the gateway, or the gateway was out of order too long.</summary>
    Failed,
}
