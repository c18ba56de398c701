using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;

namespace Serverless.Functions.Authentication;

/// <summary>Who a good token says is calling.</summary>
/// <param name="Subject">The token's <c>sub</c>: a customer number or a staff id.</param>
public abstract record Caller(string Subject);

/// <summary>A customer in a session; everything besides the number is what the session's row says now.</summary>
public sealed record CustomerCaller(CustomerId Id, bool MayPay) : Caller(Id.Value)
{
    public string? Name { get; init; }

    public SessionId Session { get; init; }

    public InstallationId Installation { get; init; }

    /// <summary>The installation's public P-256 key as a JWK; null for a browser.</summary>
    public string? InstallationKey { get; init; }

    /// <summary>The customer has authorised the device as a trusted one.</summary>
    public bool DeviceTrusted { get; init; }

    /// <summary>Where the customer signed in.</summary>
    public SessionChannel Channel { get; init; }

    /// <summary>The eKlik user; null elsewhere.</summary>
    public UserName? User { get; init; }

    public SessionScope Scope { get; init; }

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
