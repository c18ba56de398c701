using NodaTime;
using Serverless.Banking.RateLimits;

namespace Serverless.Banking.Credentials;

/// <summary>How often one network address may begin a login, a registration or a recovery, whoever it says it is.</summary>
public sealed class LimitAddress
{
    private readonly RateLimits.RateLimits limits;
    private readonly KeyedHash hash;
    private readonly LockoutTable lockouts;

    internal LimitAddress(RateLimits.RateLimits limits, KeyedHash hash, LockoutTable lockouts) => (this.limits, this.hash, this.lockouts) = (limits, hash, lockouts);

    /// <param name="address">Kept only as a keyed hash.</param>
    /// <returns>Or <see cref="TooManyRequests"/>.</returns>
    public Task<Result<Nothing>> RunAsync(string address, CancellationToken cancellation) => limits.TakeAsync(
        $"address|{hash.Of("address", address)}", new RateLimit("sign-in", lockouts.Options.AddressTriesPerMinute, Duration.FromMinutes(1)), cancellation);

    /// <summary>Starts of recoveries for one identifier, whether it is anybody's or not (AUTH-28).</summary>
    /// <returns>Or <see cref="TooManyRequests"/>.</returns>
    public Task<Result<Nothing>> RecoveryAsync(LoginIdentifier identifier, CancellationToken cancellation) => limits.TakeAsync(
        $"recovery|{hash.Of("identifier", identifier.Customer?.Value ?? identifier.Person!.Value.Value)}",
        new RateLimit("recovery-start", lockouts.Options.RecoveryStartsPerDay, Duration.FromDays(1)), cancellation);
}
