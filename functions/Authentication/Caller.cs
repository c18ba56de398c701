using Serverless.Banking;

namespace Serverless.Functions.Authentication;

/// <summary>Who a good token says is calling.</summary>
/// <param name="Subject">The token's <c>sub</c>: a customer number or a staff id.</param>
public abstract record Caller(string Subject);

/// <summary>A customer in the app. The contact details are the token's and may be absent.</summary>
public sealed record CustomerCaller(CustomerId Id, bool MayLook, bool MayPay) : Caller(Id.Value)
{
    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary><c>sq</c> or <c>en</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>The call comes from a device that the customer has authorised as trusted.</summary>
    public bool DeviceTrusted { get; init; }

    /// <summary>The public key of the installation that the call comes from, a JWK (P-256); null when it has none.</summary>
    public string? InstallationKey { get; init; }

    /// <summary>What the customer signed in with: <c>mobile</c> (when the token does not say) or <c>web</c>.</summary>
    public string Channel { get; init; } = "mobile";

    /// <summary>Without the personal data, so that it can stand in a log.</summary>
    public override string ToString() => $"customer {Subject}";
}

/// <summary>A member of the bank's staff.</summary>
/// <param name="Id">1 to 64 letters, digits, <c>.</c>, <c>_</c>, <c>-</c>, <c>@</c>: <c>teller-1</c>.</param>
/// <param name="Roles">See <see cref="Http.Role"/>.</param>
public sealed record StaffCaller(string Id, IReadOnlySet<string> Roles) : Caller(Id)
{
    public override string ToString() => $"staff {Id}";
}
