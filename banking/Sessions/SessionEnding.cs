namespace Serverless.Banking.Sessions;

/// <summary>Why a session is over.</summary>
public enum SessionEnding
{
    SignedOut,
    PasswordChanged,
    DeviceRemoved,
    ChannelBlocked,

    /// <summary>The same user signed in anew (AUTH-25).</summary>
    Replaced,

    /// <summary>A refresh token was shown that had been used before, so somebody has a copy.</summary>
    RefreshReused,

    /// <summary>Nothing was done for too long (LIFE-15). Not stored: it follows from the last activity.</summary>
    Idle,

    /// <summary>It lasted as long as any session may (LIFE-15). Not stored: it follows from its beginning.</summary>
    Expired,
    LockedByStaff,
}
