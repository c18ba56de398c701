using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <param name="Key">The officer's idempotency key.</param>
/// <param name="Branch">The branch's code.</param>
/// <param name="IsClientPresent">The officer confirms that the client stands at the counter.</param>
public sealed record MTokenOrder(string Key, UserName Name, string Branch, bool IsClientPresent);

/// <summary>The two codes with which a phone becomes a user's mToken; shown to the officer now and never again.</summary>
/// <param name="RegistrationCode">Eight capital letters and digits, on the agreement.</param>
/// <param name="ActivationCode">Eight more, handed over apart from it.</param>
public sealed record MTokenCodes(string RegistrationCode, string ActivationCode, Instant ExpiresAt)
{
    /// <summary>Without the codes.</summary>
    public override string ToString() => nameof(MTokenCodes);
}

/// <summary>Issues mToken codes at a branch to a user who has none, forgot the PIN, blocked it or changed phones; the old mToken stops at once (EKL-11).</summary>
/// <remarks>Codes are derived from the order, so its repeat has the same answer; a repeat that comes after newer codes changes nothing.</remarks>
public sealed class IssueMTokenCodes
{
    private readonly EKlikTable table;
    private readonly EKlikCodes codes;
    private readonly RecordAudit audit;
    private readonly EKlikChanges changes;
    private readonly EKlikOptions options;

    internal IssueMTokenCodes(EKlikTable table, EKlikCodes codes, RecordAudit audit, EKlikChanges changes, IOptions<EKlikOptions> options) =>
        (this.table, this.codes, this.audit, this.changes, this.options) = (table, codes, audit, changes, options.Value);

    /// <returns>Or, first match: <see cref="ClientNotPresent"/>, <see cref="EKlikUserNotFound"/>, <see cref="TokenForPaymentUsers"/>, <see cref="EKlikUserBlocked"/>.</returns>
    public async Task<Result<MTokenCodes>> RunAsync(MTokenOrder wanted, AuditActor officer, CancellationToken cancellation)
    {
        if (!wanted.IsClientPresent)
            return new ClientNotPresent();
        if (await table.FindAsync(wanted.Name, cancellation) is not { } user)
            return new EKlikUserNotFound();
        var order = codes.Order("mtoken", officer.Id, wanted.Name, $"{wanted.Branch}|{wanted.Key}");
        if (MTokens.Refuse(user) is { } refusal && user.Orders.All(it => it.Order != order))
            return refusal;

        // First the trace: of an order that is then lost it says that it was given.
        await audit.RunAsync(
            new AuditEvent(officer, "eklik_mtoken_codes_issued", $"customer/{user.Customer.Value}")
            {
                After = $"user {wanted.Name.Value}, branch {wanted.Branch}, client present",
                Id = StableGuid.Of("eklik_mtoken_codes_issued", order),
            },
            cancellation);
        var (registration, activation) = (codes.Code(MTokens.Registration, order), codes.Code(MTokens.Activation, order));
        var hash = codes.HashOf(MTokens.Codes, wanted.Name, registration, activation);
        var expires = await changes.RunAsync(
            wanted.Name,
            (row, now) => Decide(row, order, hash, now) with { Follows = FollowEKlikChange.RowOf(row, $"codes|{order}", now, NoticeKind.EKlikTokenChanged) },
            cancellation);
        return expires.Then<MTokenCodes>(until => new MTokenCodes(registration, activation, until));
    }

    private EKlikDecision<Instant> Decide(EKlikRow row, string order, string hash, Instant now)
    {
        if (row.Orders.FirstOrDefault(it => it.Order == order) is { } before)
            return new(row, before.ExpiresAt);
        if (MTokens.Refuse(row) is { } refusal)
            return new(row, refusal);
        var expires = now + options.CodeLife;
        return new(row.Remembering(order, expires) with { Token = null, MTokenCodes = new IssuedCode(order, hash, expires) }, expires);
    }
}

/// <param name="Key">Of the phone's request.</param>
/// <param name="Pin">Six digits that the user has chosen.</param>
public sealed record MTokenActivation(IdempotencyKey Key, UserName Name, string RegistrationCode, string ActivationCode, string Pin)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"mToken of {Name}";
}

/// <param name="Secret">32 bytes, for the phone's keystore; given out now and never again. With the PIN it makes what codes are computed with (<see cref="TokenOtps.WithPin"/>).</param>
public sealed record MTokenActivated(byte[] Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(MTokenActivated);
}

/// <summary>Makes a phone a user's mToken by the two codes and a PIN (EKL-12).</summary>
/// <remarks>
/// The bank keeps neither the PIN nor a hash of it, and not what it gives the phone: only what the two make together, sealed. A wrong PIN on the phone makes a wrong
/// one-time password, and five of those block the token. The repeat with the same key has the same answer, until the token is another.
/// </remarks>
public sealed class ActivateMToken
{
    private readonly EKlikCodes codes;
    private readonly TokenOtps otps;
    private readonly KeyedHash hash;
    private readonly EKlikChanges changes;
    private readonly EKlikOptions options;

    internal ActivateMToken(EKlikCodes codes, TokenOtps otps, KeyedHash hash, EKlikChanges changes, IOptions<EKlikOptions> options) =>
        (this.codes, this.otps, this.hash, this.changes, this.options) = (codes, otps, hash, changes, options.Value);

    /// <param name="pinField">JSON pointer of the PIN.</param>
    /// <returns>Or, first match: <see cref="MTokenPinWeak"/>, <see cref="TokenBlocked"/>, <see cref="ActivationRefused"/>, <see cref="EKlikUserBlocked"/>,
    /// <see cref="ActivationCodeUsed"/>, <see cref="IdempotencyKeyReused"/> (with another PIN), <see cref="ActivationCodeExpired"/>.</returns>
    public async Task<Result<MTokenActivated>> RunAsync(MTokenActivation wanted, string pinField, CancellationToken cancellation)
    {
        if (MTokens.IsWeak(wanted.Pin))
            return new InvalidInput([new MTokenPinWeak(pinField)]);
        var secret = hash.Bytes(
            "eklik-mtoken-secret", wanted.Name.Value, UniqueCodes.Normal(wanted.RegistrationCode), UniqueCodes.Normal(wanted.ActivationCode), wanted.Key.Value);
        var by = hash.Of("eklik-mtoken-key", wanted.Name.Value, wanted.Key.Value);
        return await changes.RunAsync(
            wanted.Name, "mtoken", options.Tries, (row, now) => Decide(row, wanted, secret, by, now) with { Follows = FollowUpOf(row, by, now) },
            tries => tries < options.Tries ? new ActivationRefused(options.Tries - tries) : new TokenBlocked(), cancellation);
    }

    private static OutboxRow FollowUpOf(EKlikRow user, string by, Instant at) => FollowEKlikChange.RowOf(
        user, $"mtoken|{by}", at, NoticeKind.EKlikTokenChanged,
        new AuditEvent(AuditActor.Customer(user.Customer, SessionChannel.EKlik.Code()), "eklik_mtoken_activated", $"customer/{user.Customer.Value}")
        {
            After = $"user {user.Name}",
            Id = StableGuid.Of("eklik_mtoken_activated", by),
            At = at,
        });

    private EKlikDecision<MTokenActivated> Decide(EKlikRow row, MTokenActivation wanted, byte[] secret, string by, Instant now)
    {
        // Who was never given codes is counted like who was, and like a name that is nobody's.
        var issued = row.MTokenCodes ?? new IssuedCode("", "", now);
        if (issued.Tries >= options.Tries)
            return new(row, new TokenBlocked());
        if (!codes.Matches(issued, MTokens.Codes, wanted.Name, wanted.RegistrationCode, wanted.ActivationCode))
        {
            var tries = issued.Tries + 1;
            return new(
                row with { MTokenCodes = issued with { Tries = tries } }, tries < options.Tries ? new ActivationRefused(options.Tries - tries) : new TokenBlocked());
        }

        if (row.Blocking is not null)
            return new(row, new EKlikUserBlocked());
        var key = TokenOtps.WithPin(secret, wanted.Pin);
        if (issued.UsedBy is not null)
        {
            return issued.UsedBy != by || row.Token is not { Kind: EKlikTokenKind.MToken } ? new(row, new ActivationCodeUsed())
                : !CryptographicOperations.FixedTimeEquals(otps.Open(row), key) ? new(row, new IdempotencyKeyReused())
                : new(row, new MTokenActivated(secret));
        }

        if (issued.ExpiresAt <= now)
            return new(row, new ActivationCodeExpired());
        var after = row with
        {
            MTokenCodes = issued with { UsedBy = by, Tries = 0 },
            Token = new TokenState(EKlikTokenKind.MToken, null, OtpAlgorithm.Sha256, otps.Seal("otp", row.Name, key), 0, 0),
        };
        return new(after, new MTokenActivated(secret));
    }
}

internal static class MTokens
{
    /// <summary>What the codes are derived and hashed for.</summary>
    public const string Registration = "mtoken-registration", Activation = "mtoken-activation", Codes = "mtoken-codes";

    /// <summary>Null when this user may have a token now.</summary>
    public static Error? Refuse(EKlikRow row) => row.Kind != EKlikKind.Payment ? new TokenForPaymentUsers() : row.Blocking is not null ? new EKlikUserBlocked() : null;

    public static bool IsWeak(string pin)
    {
        var steps = pin.Zip(pin.Skip(1), (one, next) => next - one).Distinct().ToList();
        return steps is [0 or 1 or -1];
    }
}
