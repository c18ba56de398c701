namespace Serverless.Banking.Sessions;

/// <summary>Where a customer signed in.</summary>
public enum SessionChannel
{
    /// <summary>The mobile app.</summary>
    App,

    /// <summary>The Internet Branch.</summary>
    Web,

    /// <summary>eKlik: users by name, of whom a customer may have several.</summary>
    EKlik,
}

public static class SessionChannels
{
    /// <summary>As other parts of the bank and its audit trail call it: <c>mobile</c>, <c>web</c>, <c>eklik</c>.</summary>
    public static string Code(this SessionChannel channel) => channel switch
    {
        SessionChannel.App => "mobile",
        SessionChannel.Web => "web",
        _ => "eklik",
    };
}
