namespace Serverless.Banking.Channels;

/// <summary>Whether a customer may use the mobile channel.</summary>
public enum ChannelState
{
    /// <summary>The default of this type, and of a customer about whom nothing is stored.</summary>
    Active,

    /// <summary>At the customer's request, or for loss or suspicion (LIFE-03, LIFE-13).</summary>
    Blocked,

    /// <summary>Reactivated by staff; the customer has to sign in to the Internet Branch first (LIFE-07).</summary>
    WaitingForVerification,
}
