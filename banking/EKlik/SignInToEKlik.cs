using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <param name="Otp">What the token shows; null for a user with info access.</param>
public sealed record EKlikSignIn(UserName Name, string Password, string? Otp, Installation Installation)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"sign-in of {Name}";
}

/// <summary>Signs a user in: by password with info access (EKL-04), by password and one-time password with payment right (EKL-05).</summary>
/// <remarks>
/// The try is written before the password is looked at and given back when it was right, so parallel guesses get no more looks than others (EKL-26). Names that are
/// nobody's cost the same storage calls and one computation of the hash. What a right password gives back and what the one-time password uses is one write.
/// </remarks>
public sealed class SignInToEKlik
{
    private readonly EKlikTable table;
    private readonly TokenOtps otps;
    private readonly IPasswordWork work;
    private readonly EKlikSessions sessions;
    private readonly Dispatch dispatch;
    private readonly LaterWork later;
    private readonly EKlikOptions options;

    internal SignInToEKlik(EKlikTable table, TokenOtps otps, IPasswordWork work, EKlikSessions sessions, Dispatch dispatch, LaterWork later, IOptions<EKlikOptions> options) =>
        (this.table, this.otps, this.work, this.sessions, this.dispatch, this.later, this.options) = (table, otps, work, sessions, dispatch, later, options.Value);

    /// <returns>Or, first match: <see cref="EKlikUserBlocked"/>, <see cref="LoginBusy"/>, <see cref="EKlikCredentialsInvalid"/>; only after a right password
    /// <see cref="EKlikUserBlocked"/>, <see cref="NoTokenYet"/>, <see cref="TokenBlocked"/>, <see cref="TokenOtpRequired"/>, <see cref="TokenOtpOld"/>,
    /// <see cref="TokenOtpWrong"/>, the errors of <see cref="OpenSession"/>.</returns>
    public async Task<Result<EKlikSignedIn>> RunAsync(EKlikSignIn signIn, CancellationToken cancellation)
    {
        var reserved = await table.DecideAsync(
            signIn.Name, "password", options.Tries, true, Reserve, tries => tries > options.Tries ? new EKlikUserBlocked() : new Reserved(null, tries, null), cancellation);
        if (!reserved.IsSuccess)
            return reserved.Error;

        var row = reserved.Value.Row;
        var match = await work.CompareAsync(row?.Password, EKlikPasswordRules.Composed(signIn.Password), cancellation);
        if (!match.IsSuccess)
        {
            if (row is not null)
                await table.DecideAsync<Nothing>(signIn.Name, (now, _) => new(GiveBack(now, row), default(Nothing)), CancellationToken.None);
            Follow(reserved.Value);
            return match.Error;
        }

        if (row is null || match.Value == PasswordMatch.No)
            return Wrong(reserved.Value);

        var after = await table.DecideAsync(signIn.Name, (now, at) => Prove(now, row, signIn.Otp, at), CancellationToken.None);
        Follow(reserved.Value);
        if (!after.IsSuccess)
            return after.Error;
        var mayPay = after.Value.Kind == EKlikKind.Payment;
        return await sessions.OpenAsync(after.Value, signIn.Installation, mayPay ? ["pwd", "otp"] : ["pwd"], mayPay, null, CancellationToken.None);
    }

    /// <summary>Counts a password before it is checked; the last one that is allowed blocks already.</summary>
    private EKlikDecision<Reserved> Reserve(EKlikRow row, Instant now)
    {
        if (row.Blocking == EKlikBlocking.WrongPasswords)
            return new(row, new EKlikUserBlocked());
        var counted = row with { PasswordTries = row.PasswordTries + 1 };
        if (counted.PasswordTries < options.Tries)
            return new(counted, new Reserved(counted, counted.PasswordTries, null));
        counted = counted.Block(row.Blocking ?? EKlikBlocking.WrongPasswords, row.BlockedAt ?? now);
        var follows = row.Blocking is null
            ? FollowEKlikChange.RowOf(counted, $"blocked|{now.ToUnixTimeTicks()}", now, NoticeKind.EKlikBlocked, onlyWhileBlocked: true)
            : null;
        return new(counted, new Reserved(counted, counted.PasswordTries, follows)) { Follows = follows };
    }

    /// <summary>A right password takes back itself and the tries before it, never one that began after it.</summary>
    private static EKlikRow GiveBack(EKlikRow now, EKlikRow reserved)
    {
        var wasLast = reserved.Blocking == EKlikBlocking.WrongPasswords && now.Blocking == reserved.Blocking && now.BlockedAt == reserved.BlockedAt;
        var tries = Math.Max(0, now.PasswordTries - reserved.PasswordTries);
        return wasLast ? now with { PasswordTries = tries, Blocking = null, BlockedAt = null } : now with { PasswordTries = tries };
    }

    private EKlikDecision<EKlikRow> Prove(EKlikRow now, EKlikRow reserved, string? otp, Instant at)
    {
        var row = GiveBack(now, reserved);
        if (row.Password != reserved.Password)
            return new(now, new EKlikCredentialsInvalid(options.Tries - now.PasswordTries));
        if (row.Blocking is not null)
            return new(row, new EKlikUserBlocked());
        return row.Kind == EKlikKind.Info ? new(row, row) : otps.Take(row, otp, null, at);
    }

    private Result<EKlikSignedIn> Wrong(Reserved reserved)
    {
        Follow(reserved);
        return reserved.Tries < options.Tries ? new EKlikCredentialsInvalid(options.Tries - reserved.Tries) : new EKlikUserBlocked();
    }

    /// <remarks>A user is told of the block after the answer, which therefore takes as long for a name that is nobody's.</remarks>
    private void Follow(Reserved reserved)
    {
        if (reserved.Follows is { } follows)
            later.Start("Telling a user of a block", () => dispatch.RunAsync(follows));
    }

    /// <param name="Row">Null for a name that is nobody's.</param>
    /// <param name="Follows">Of the try that blocks.</param>
    private sealed record Reserved(EKlikRow? Row, int Tries, OutboxRow? Follows);
}
