using NodaTime;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <summary>Opens the sessions of users, and ends them.</summary>
internal sealed class EKlikSessions(OpenSession open, EndSessions end, EKlikTable table)
{
    /// <summary>Opens one and looks at the user once more: whoever was blocked, or got another password, while this sign-in was under way is not let in.</summary>
    /// <param name="methods">How it was proven.</param>
    /// <param name="origin">Null for a session of its own.</param>
    /// <returns>Or, first match: the errors of <see cref="OpenSession"/>, <see cref="EKlikUserBlocked"/>.</returns>
    public async Task<Result<EKlikSignedIn>> OpenAsync(
        EKlikRow row, Installation installation, IReadOnlyList<string> methods, bool mayPay, string? origin, CancellationToken cancellation)
    {
        var opened = await open.RunAsync(
            new SessionStart(row.Customer, row.UserName, SessionChannel.EKlik, installation.Id, null, false, SessionScope.Full, methods, mayPay, origin), cancellation);
        if (!opened.IsSuccess)
            return opened.Error;
        var now = await table.FindAsync(row.UserName, cancellation);
        if (now is { Blocking: null } && now.Password == row.Password)
            return new EKlikSignedIn(now.ToUser(), mayPay, opened.Value);
        await end.RunAsync(row.Customer, now?.Blocking is null ? SessionEnding.PasswordChanged : SessionEnding.LockedByStaff, session => session.Id == opened.Value.SessionId, CancellationToken.None);
        return new EKlikUserBlocked();
    }

    /// <param name="openedBefore">Those that were opened after are the ones that it allowed. Null: all.</param>
    public Task EndAsync(CustomerId customer, UserName name, SessionEnding ending, Instant? openedBefore = null) => end.RunAsync(
        customer, ending, session => session.User == name && (openedBefore is null || session.OpenedAt < openedBefore), CancellationToken.None);
}

/// <param name="MayPay">False also for a user with payment right who has not shown a one-time password: after choosing a password.</param>
public sealed record EKlikSignedIn(EKlikUser User, bool MayPay, SessionTokens Tokens);
