using NodaTime;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <summary>One of a customer's users of eKlik, the second web channel. What is done in a session with <see cref="SessionChannel.EKlik"/> is done by such a user.</summary>
/// <param name="Name">What the user signs in with; one in the whole bank, and never another's.</param>
/// <param name="CreatedAt">When the agreement was made.</param>
public sealed record EKlikUser(UserName Name, CustomerId Customer, EKlikKind Kind, EKlikState State, Instant CreatedAt)
{
    /// <summary>What keeps a blocked user out; null for others.</summary>
    public EKlikBlocking? Blocking { get; init; }

    /// <summary>What gives the user's one-time passwords; null for info users and whoever has none yet.</summary>
    public EKlikTokenKind? Token { get; init; }
}

/// <summary>What a user may do (EKL-04 to EKL-06).</summary>
public enum EKlikKind
{
    /// <summary>Look; signs in by password only.</summary>
    Info,

    /// <summary>Pay as well; signs in by password and a one-time password of a token.</summary>
    Payment,
}

public enum EKlikState
{
    /// <summary>An activation code was issued; there is no password yet.</summary>
    AwaitingActivation,
    Active,
    Blocked,
}

/// <summary>Why a user is blocked.</summary>
public enum EKlikBlocking
{
    /// <summary>At the customer's request (EKL-09).</summary>
    Requested,

    /// <summary>Too many wrong passwords in a row (EKL-26).</summary>
    WrongPasswords,

    /// <summary>Too many wrong activation codes in a row (EKL-26).</summary>
    WrongActivationCodes,
}

public enum EKlikTokenKind
{
    /// <summary>On the user's phone (EKL-11, EKL-12).</summary>
    MToken,

    /// <summary>A device of its own (EKL-10).</summary>
    Hardware,
}
