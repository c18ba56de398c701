using NodaTime;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <summary>A user as stored: one row, so that whatever is proven, counted and changed is written together under one ETag.</summary>
/// <param name="Order">The officer's order that made the user, so that its repeat knows its own.</param>
internal sealed record EKlikRow(string Name, CustomerId Customer, EKlikKind Kind, Instant CreatedAt, string Order)
{
    /// <summary>Orders of codes whose repeat is answered again; older ones are as if they had never been.</summary>
    private const int OrdersAtMost = 12;

    public EKlikBlocking? Blocking { get; init; }

    public Instant? BlockedAt { get; init; }

    /// <summary>Hash; null before the first activation.</summary>
    public string? Password { get; init; }

    public Instant? PasswordSetAt { get; init; }

    /// <summary>What set the password, so that its repeat knows its own.</summary>
    public string? PasswordOrder { get; init; }

    /// <summary>Wrong passwords in a row, tries under way included.</summary>
    public int PasswordTries { get; init; }

    /// <summary>The last activation code.</summary>
    public IssuedCode? Activation { get; init; }

    /// <summary>A right activation code that waits for its password.</summary>
    public ActivationGrant? Grant { get; init; }

    /// <summary>The last reset link.</summary>
    public ResetLink? Reset { get; init; }

    /// <summary>The last pair of codes for an mToken.</summary>
    public IssuedCode? MTokenCodes { get; init; }

    public TokenState? Token { get; init; }

    /// <summary>Newest last.</summary>
    public IReadOnlyList<IssuedOrder> Orders { get; init; } = [];

    public UserName UserName => UserName.Find(Name)!.Value;

    public EKlikRow Remembering(string order, Instant expiresAt) => this with { Orders = [.. Orders.TakeLast(OrdersAtMost - 1), new IssuedOrder(order, expiresAt)] };

    public EKlikRow Block(EKlikBlocking blocking, Instant now) => this with { Blocking = blocking, BlockedAt = now, Grant = null, Reset = null };

    public EKlikUser ToUser() => new(
        UserName, Customer, Kind,
        Blocking is not null ? EKlikState.Blocked : Password is null ? EKlikState.AwaitingActivation : EKlikState.Active, CreatedAt)
    {
        Blocking = Blocking,
        Token = Token?.Kind,
    };
}

/// <summary>A code that staff gave out; its keyed hash only.</summary>
/// <param name="Tries">Wrong ones in a row.</param>
/// <param name="UsedBy">Hash of the idempotency key with which it was used; null while it was not.</param>
internal sealed record IssuedCode(string Order, string Hash, Instant ExpiresAt, int Tries = 0, string? UsedBy = null);

internal sealed record IssuedOrder(string Order, Instant ExpiresAt);

/// <param name="Hash">Keyed, of what the client shows.</param>
internal sealed record ActivationGrant(string Hash, Instant ExpiresAt);

/// <param name="Hash">Keyed, of the link's secret.</param>
internal sealed record ResetLink(string Hash, Instant AskedAt, Instant ExpiresAt, bool IsOpened = false, bool IsUsed = false);

/// <summary>What shows the user's one-time passwords.</summary>
/// <param name="Secret">Sealed, bound to the user.</param>
/// <param name="Drift">How many steps the token's clock is ahead of ours.</param>
/// <param name="UsedStep">The last step, by the token's clock, whose code was used; none before it is taken any more.</param>
/// <param name="Tries">Wrong ones in a row.</param>
/// <param name="SynchronisedBy">The order that did so last.</param>
internal sealed record TokenState(
    EKlikTokenKind Kind, string? Serial, OtpAlgorithm Algorithm, string Secret, long Drift, long UsedStep, int Tries = 0, bool IsBlocked = false, string? SynchronisedBy = null);

/// <summary>With which hash a token computes.</summary>
public enum OtpAlgorithm
{
    /// <summary>Of RFC 4226; what most hardware tokens have.</summary>
    Sha1,
    Sha256,
}
