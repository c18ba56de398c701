using System.Globalization;
using Azure;
using Azure.Data.Tables;
using NodaTime;

namespace Serverless.Banking.Credentials;

/// <summary>Wrong tries of one user, or of an identifier that is nobody's, by factor (AUTH-22, ONB-25). Pure: what it becomes is written by <see cref="LockoutTable"/>.</summary>
/// <remarks>
/// A try is counted before its secret is looked at ("reserved") and given back when it was right, so parallel guesses cannot outrun the counter. A right one
/// takes back itself and what came before, never a try that began after it.
/// </remarks>
/// <param name="Failures">Wrong passwords in a row, tries under way included.</param>
/// <param name="Locks">When the login was locked, within the last day.</param>
/// <param name="Cancelled">When a one-time code was cancelled by wrong tries, within the last hour.</param>
/// <param name="CodeTries">Wrong unique codes.</param>
/// <param name="CardTries">Card data that were no card of the client.</param>
/// <param name="OldPasswordTries">Wrong old passwords of recoveries.</param>
internal sealed record Lockout(
    int Failures, Instant? LockedUntil, IReadOnlyList<Instant> Locks, bool IsBlocked, IReadOnlyList<Instant> Cancelled, int CodeTries, int CardTries,
    int OldPasswordTries, Instant? RegistrationLockedUntil)
{
    private static readonly Duration Day = Duration.FromDays(1);
    private static readonly Duration Hour = Duration.FromHours(1);

    public static Lockout None { get; } = new(0, null, [], false, [], 0, 0, 0, null);

    /// <summary>Null when a secret may be looked at now.</summary>
    public Error? Refuse(Instant now) => IsBlocked ? new UserBlocked() : LockedUntil is { } until && until > now ? new UserLocked(until) : null;

    public Error? RefuseRegistration(Instant now) => RegistrationLockedUntil is { } until && until > now ? new RegistrationLocked(until) : null;

    /// <summary>Counts a password before it is checked; the last one that is allowed locks already.</summary>
    public Lockout ReservePassword(Instant now, CredentialsOptions options)
    {
        var failures = Failures + 1;
        var counted = this with { Failures = failures, LockedUntil = null };
        return failures < options.PasswordTries ? counted : counted.Lock(now, options);
    }

    /// <summary>The password was right.</summary>
    /// <param name="reserved">What <see cref="ReservePassword"/> made for this try.</param>
    public Lockout PasswordRight(Lockout reserved)
    {
        var failures = Math.Max(0, Failures - reserved.Failures);
        var wasLastTry = reserved.LockedUntil is not null && LockedUntil == reserved.LockedUntil;
        return wasLastTry
            ? this with { Failures = failures, LockedUntil = null, Locks = [.. Locks.SkipLast(1)], IsBlocked = false }
            : this with { Failures = failures };
    }

    /// <summary>The password was not looked at after all.</summary>
    public Lockout PasswordUnchecked(Lockout reserved) => LockedUntil == reserved.LockedUntil && LockedUntil is not null
        ? this with { Failures = reserved.Failures - 1, LockedUntil = null, Locks = [.. Locks.SkipLast(1)], IsBlocked = false }
        : this with { Failures = Math.Max(0, Failures - 1) };

    /// <summary>The whole login succeeded.</summary>
    public Lockout LoggedIn() => this with { Failures = 0, Cancelled = [] };

    /// <summary>A recovery or the bank's staff lifted every lock.</summary>
    public bool IsAnythingLocked(Instant now) => Refuse(now) is not null || RefuseRegistration(now) is not null;

    /// <summary>A one-time code was cancelled by wrong tries.</summary>
    public Lockout CodeCancelled(Instant now, CredentialsOptions options)
    {
        Instant[] cancelled = [.. Cancelled.Where(at => now - at < Hour), now];
        return cancelled.Length < options.CancelledThatLock ? this with { Cancelled = cancelled } : (this with { Cancelled = [] }).Lock(now, options);
    }

    /// <summary>Counts a unique code before it is looked at; after the last one that is allowed the code is void.</summary>
    public Lockout ReserveUniqueCode(Instant now, CredentialsOptions options) => CodeTries + 1 < options.UniqueCodeTries
        ? this with { CodeTries = CodeTries + 1 }
        : this with { CodeTries = 0, RegistrationLockedUntil = now + Duration.FromHours(options.RegistrationLockHours) };

    public Lockout ReserveCard(Instant now, CredentialsOptions options) => CardTries + 1 < options.UniqueCodeTries
        ? this with { CardTries = CardTries + 1 }
        : this with { CardTries = 0, RegistrationLockedUntil = now + Duration.FromHours(options.RegistrationLockHours) };

    /// <summary>Counts an old password of a recovery before it is looked at; the last one that is allowed locks already.</summary>
    public Lockout ReserveOldPassword(Instant now, CredentialsOptions options) => OldPasswordTries + 1 < options.OldPasswordTries
        ? this with { OldPasswordTries = OldPasswordTries + 1 }
        : this with { OldPasswordTries = options.OldPasswordTries, LockedUntil = now + options.Lock };

    public Lockout LockRegistration(Instant now, CredentialsOptions options) =>
        this with { CardTries = 0, RegistrationLockedUntil = now + Duration.FromHours(options.RegistrationLockHours) };

    public TableEntity ToRow(string partition, Instant now, ETag etag) => new(partition, CredentialKeys.Lockout)
    {
        [NobodyCounters.TriedAt] = now.ToUnixTimeTicks(),
        ["Failures"] = Failures,
        ["LockedUntil"] = LockedUntil?.ToUnixTimeTicks()!,
        ["Locks"] = Write(Locks),
        ["IsBlocked"] = IsBlocked,
        ["Cancelled"] = Write(Cancelled),
        ["CodeTries"] = CodeTries,
        ["CardTries"] = CardTries,
        ["OldPasswordTries"] = OldPasswordTries,
        ["RegistrationLockedUntil"] = RegistrationLockedUntil?.ToUnixTimeTicks()!,
        ETag = etag,
    };

    public static Lockout From(TableEntity? row) => row is null ? None : new(
        row.GetInt32("Failures") ?? 0, Time(row.GetInt64("LockedUntil")), Read(row.GetString("Locks")), row.GetBoolean("IsBlocked") ?? false,
        Read(row.GetString("Cancelled")), row.GetInt32("CodeTries") ?? 0, row.GetInt32("CardTries") ?? 0, row.GetInt32("OldPasswordTries") ?? 0,
        Time(row.GetInt64("RegistrationLockedUntil")));

    private Lockout Lock(Instant now, CredentialsOptions options)
    {
        Instant[] locks = [.. Locks.Where(at => now - at < Day), now];
        return this with { Failures = 0, LockedUntil = now + options.Lock, Locks = locks, IsBlocked = IsBlocked || locks.Length >= options.LocksThatBlock };
    }

    private static Instant? Time(long? ticks) => ticks is { } known ? Instant.FromUnixTimeTicks(known) : null;

    private static string Write(IReadOnlyList<Instant> times) => string.Join(' ', times.Select(at => at.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture)));

    private static Instant[] Read(string? text) =>
        [.. (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ticks => Instant.FromUnixTimeTicks(long.Parse(ticks, CultureInfo.InvariantCulture)))];
}
