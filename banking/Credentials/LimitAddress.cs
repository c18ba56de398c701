using NodaTime;
using Serverless.Banking.RateLimits;

namespace Serverless.Banking.Credentials;

/// <summary>What an address is counted for.</summary>
public enum AddressUse
{
    /// <summary>Beginning a login, a registration or a recovery, whoever it says it is.</summary>
    Begin,

    /// <summary>Going on with one: some calls for each beginning.</summary>
    GoOn,
}

/// <summary>How often one network address may try to prove who it is.</summary>
public sealed class LimitAddress
{
    private const int StepsOfOne = 4;

    private readonly RateLimits.RateLimits limits;
    private readonly KeyedHash hash;
    private readonly LockoutTable lockouts;

    internal LimitAddress(RateLimits.RateLimits limits, KeyedHash hash, LockoutTable lockouts) => (this.limits, this.hash, this.lockouts) = (limits, hash, lockouts);

    /// <param name="address">Kept only as a keyed hash.</param>
    /// <returns>Or <see cref="TooManyRequests"/>.</returns>
    public Task<Result<Nothing>> RunAsync(string address, AddressUse use, CancellationToken cancellation) => limits.TakeAsync(
        $"address|{hash.Of("address", address)}",
        use == AddressUse.Begin
            ? new RateLimit("sign-in", lockouts.Options.AddressTriesPerMinute, Duration.FromMinutes(1))
            : new RateLimit("sign-in-steps", lockouts.Options.AddressTriesPerMinute * StepsOfOne, Duration.FromMinutes(1)),
        cancellation);

    /// <summary>Starts of recoveries for one identifier, whether it is anybody's or not (AUTH-28).</summary>
    /// <returns>Or <see cref="TooManyRequests"/>.</returns>
    public Task<Result<Nothing>> RecoveryAsync(LoginIdentifier identifier, CancellationToken cancellation) => limits.TakeAsync(
        $"recovery|{hash.Of("identifier", identifier.Customer?.Value ?? identifier.Person!.Value.Value)}",
        new RateLimit("recovery-start", lockouts.Options.RecoveryStartsPerDay, Duration.FromDays(1)), cancellation);
}
