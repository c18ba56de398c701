using NodaTime;
using Serverless.Banking.Credentials;

namespace Serverless.Banking.Recoveries;

/// <summary>The default value of this type is no recovery.</summary>
public readonly record struct RecoveryId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

public enum RecoveryMethod
{
    BankCard,
    IdDocument,
    UniqueCode,
}

/// <summary>What is to be done next.</summary>
public enum RecoveryStep
{
    /// <summary>One of the three methods (AUTH-13, AUTH-14, AUTH-15).</summary>
    ProveMethod,

    /// <summary>A former password was right; the identity document's chip comes next (AUTH-14).</summary>
    PresentDocument,

    /// <summary>Type the code that was sent.</summary>
    EnterCode,

    /// <summary>Choose a password (AUTH-16).</summary>
    ChoosePassword,

    /// <summary>Sign in with it: the recovery is done.</summary>
    Login,
}

/// <summary>Somebody who has forgotten the password, on the way to another one (AUTH-12).</summary>
public sealed record Recovery(RecoveryId Id, RecoveryStep Next, Instant ExpiresAt)
{
    /// <summary>The methods are named to everybody, whoever they are and whatever fits (AUTH-12).</summary>
    public static IReadOnlyList<RecoveryMethod> Methods { get; } = [RecoveryMethod.BankCard, RecoveryMethod.IdDocument, RecoveryMethod.UniqueCode];

    /// <summary>Null when the identifier is nobody's: then no method will ever fit, and nothing tells so.</summary>
    internal CustomerId? Customer { get; init; }

    /// <summary>Where wrong tries are counted.</summary>
    internal string Partition { get; init; } = "";

    /// <summary>The unique code that proved it; used up with the new password.</summary>
    internal UniqueCodeId? UniqueCode { get; init; }

    /// <summary>What its one-time codes are bound to.</summary>
    internal string Binding => Id.ToString();
}
