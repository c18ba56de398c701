using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <param name="Serial">As printed on it: 6 to 20 of <c>A-Z 0-9 -</c>.</param>
/// <param name="Secret">At least 16 bytes.</param>
public sealed record HardwareTokenSeed(string Serial, OtpAlgorithm Algorithm, byte[] Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"token {Serial}";
}

/// <summary>Takes a hardware token into the bank's drawer, with the secret that its maker delivered.</summary>
public sealed class RegisterHardwareToken
{
    private readonly EKlikTable table;
    private readonly TokenOtps otps;
    private readonly RecordAudit audit;

    internal RegisterHardwareToken(EKlikTable table, TokenOtps otps, RecordAudit audit) => (this.table, this.otps, this.audit) = (table, otps, audit);

    /// <returns>True: it is in the drawer; false: it is a user's. Or <see cref="HardwareTokenKnown"/>.</returns>
    public async Task<Result<bool>> RunAsync(HardwareTokenSeed seed, AuditActor officer, CancellationToken cancellation)
    {
        await audit.RunAsync(
            new AuditEvent(officer, "eklik_token_registered", $"token/{seed.Serial}") { Id = StableGuid.Of("eklik_token_registered", officer.Id, seed.Serial) }, cancellation);
        var isNew = await table.TryWriteAsync(new HardwareToken(seed.Serial, seed.Algorithm, otps.Seal("hardware", seed.Serial, seed.Secret)), default, cancellation);
        if (isNew)
            return true;
        var known = (await table.FindTokenAsync(seed.Serial, cancellation)).Token!;
        var isSame = known.Algorithm == seed.Algorithm
            && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(otps.Open("hardware", seed.Serial, known.Secret), seed.Secret);
        return isSame ? known.User is null : new HardwareTokenKnown();
    }
}

/// <summary>Gives a user a hardware token out of the drawer; it takes the place of an mToken, which stops at once (EKL-05).</summary>
/// <remarks>First the token is the user's, for ever; then the user has it. Killed in between, the repeat completes it.</remarks>
public sealed class AssignHardwareToken
{
    private readonly EKlikTable table;
    private readonly TokenOtps otps;
    private readonly RecordAudit audit;
    private readonly EKlikChanges changes;

    internal AssignHardwareToken(EKlikTable table, TokenOtps otps, RecordAudit audit, EKlikChanges changes) =>
        (this.table, this.otps, this.audit, this.changes) = (table, otps, audit, changes);

    /// <param name="isClientPresent">The officer confirms that the client stands at the counter.</param>
    /// <returns>Or, first match: <see cref="ClientNotPresent"/>, <see cref="EKlikUserNotFound"/>, <see cref="TokenForPaymentUsers"/>, <see cref="EKlikUserBlocked"/>,
    /// <see cref="HardwareTokenNotFound"/>, <see cref="HardwareTokenTaken"/>.</returns>
    public async Task<Result<EKlikUser>> RunAsync(UserName name, string serial, bool isClientPresent, AuditActor officer, CancellationToken cancellation)
    {
        if (!isClientPresent)
            return new ClientNotPresent();
        if (await table.FindAsync(name, cancellation) is not { } user)
            return new EKlikUserNotFound();
        if (MTokens.Refuse(user) is { } refusal)
            return refusal;
        var (token, tag) = await table.FindTokenAsync(serial, cancellation);
        if (token is null)
            return new HardwareTokenNotFound();
        if (token.User is null && !await table.TryWriteAsync(token with { User = name.Value }, tag, cancellation))
            token = (await table.FindTokenAsync(serial, cancellation)).Token!;
        if ((token.User ?? name.Value) != name.Value)
            return new HardwareTokenTaken();

        await audit.RunAsync(
            new AuditEvent(officer, "eklik_token_assigned", $"customer/{user.Customer.Value}")
            {
                Before = user.Token is { } before ? $"{before.Kind} {before.Serial}".TrimEnd() : null,
                After = $"user {name.Value}, token {serial}, client present",
                Id = StableGuid.Of("eklik_token_assigned", name.Value, serial, $"{user.Orders.Count}"),
            },
            cancellation);
        var secret = otps.Seal("otp", name.Value, otps.Open("hardware", serial, token.Secret));
        return await changes.RunAsync<EKlikUser>(
            name,
            (row, now) => row.Token is { Kind: EKlikTokenKind.Hardware } has && has.Serial == serial ? new(row, row.ToUser())
                : MTokens.Refuse(row) is { } no ? new(row, no)
                : Give(row, new TokenState(EKlikTokenKind.Hardware, serial, token.Algorithm, secret, 0, 0), now),
            cancellation);
    }

    private static EKlikDecision<EKlikUser> Give(EKlikRow row, TokenState token, Instant now)
    {
        var after = row with { Token = token, MTokenCodes = null };
        return new(after, after.ToUser())
        {
            Follows = FollowEKlikChange.RowOf(after, $"hardware|{token.Serial}|{now.ToUnixTimeTicks()}", now, NoticeKind.EKlikTokenChanged),
        };
    }
}

/// <param name="Key">The officer's idempotency key.</param>
/// <param name="FirstCode">What the token showed.</param>
/// <param name="SecondCode">What it showed next.</param>
public sealed record TokenSynchronisation(string Key, string Serial, string FirstCode, string SecondCode)
{
    /// <summary>Without the codes.</summary>
    public override string ToString() => $"synchronisation of {Serial}";
}

/// <summary>The contact centre finds where a token's clock stands, by two codes that the customer reads out one after the other, and lifts its block (EKL-10).</summary>
/// <remarks>The codes are used up by it. Tries are limited before they are looked at, since each is a guess at twelve digits.</remarks>
public sealed class SynchroniseHardwareToken
{
    private readonly EKlikTable table;
    private readonly TokenOtps otps;
    private readonly RateLimits.RateLimits limits;
    private readonly EKlikCodes codes;
    private readonly RecordAudit audit;
    private readonly EKlikChanges changes;
    private readonly EKlikOptions options;

    internal SynchroniseHardwareToken(
        EKlikTable table, TokenOtps otps, RateLimits.RateLimits limits, EKlikCodes codes, RecordAudit audit, EKlikChanges changes, IOptions<EKlikOptions> options) =>
        (this.table, this.otps, this.limits, this.codes, this.audit, this.changes, this.options) = (table, otps, limits, codes, audit, changes, options.Value);

    /// <returns>The user. Or, first match: <see cref="HardwareTokenNotFound"/>, <see cref="HardwareTokenNotInUse"/>, <see cref="TooManyRequests"/>,
    /// <see cref="SynchronisationFailed"/>.</returns>
    public async Task<Result<EKlikUser>> RunAsync(TokenSynchronisation wanted, AuditActor officer, CancellationToken cancellation)
    {
        if ((await table.FindTokenAsync(wanted.Serial, cancellation)).Token is not { } token)
            return new HardwareTokenNotFound();
        if (UserName.Find(token.User) is not { } name || await table.FindAsync(name, cancellation) is not { } user || user.Token?.Serial != wanted.Serial)
            return new HardwareTokenNotInUse();

        var order = codes.Order("synchronisation", officer.Id, name, $"{wanted.Serial}|{wanted.Key}");
        if (user.Token.SynchronisedBy != order)
        {
            var taken = await limits.TakeAsync(
                $"eklik-token|{wanted.Serial}", new RateLimit("synchronisation", options.SynchronisingsPerHour, Duration.FromHours(1)), cancellation);
            if (!taken.IsSuccess)
                return taken.Error;
        }

        AuditEvent TrailOf(bool isDone, Instant? at) => new(officer, isDone ? "eklik_token_synchronised" : "eklik_token_not_synchronised", $"customer/{user.Customer.Value}")
        {
            Before = user.Token.IsBlocked ? "blocked" : null,
            After = $"user {name.Value}, token {wanted.Serial}",
            Id = StableGuid.Of("eklik_token_synchronised", $"{isDone}", order),
            At = at,
        };
        var done = await changes.RunAsync(
            name,
            (row, now) => Decide(row, wanted, order, now) with { Follows = FollowEKlikChange.RowOf(row, $"synchronised|{order}", now, trail: TrailOf(true, now)) },
            cancellation);
        if (!done.IsSuccess)
            await audit.RunAsync(TrailOf(false, null), CancellationToken.None);
        return done;
    }

    private EKlikDecision<EKlikUser> Decide(EKlikRow row, TokenSynchronisation wanted, string order, Instant now)
    {
        if (row.Token is not { } token || token.Serial != wanted.Serial)
            return new(row, new HardwareTokenNotInUse());
        if (token.SynchronisedBy == order)
            return new(row, row.ToUser());
        if (otps.Synchronise(row, wanted.FirstCode, wanted.SecondCode, now) is not { } found)
            return new(row, new SynchronisationFailed());
        var after = row with { Token = token with { Drift = found.Drift, UsedStep = found.Step, Tries = 0, IsBlocked = false, SynchronisedBy = order } };
        return new(after, after.ToUser());
    }
}
