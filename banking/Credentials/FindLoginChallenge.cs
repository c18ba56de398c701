using Serverless.Banking.Ledger;

namespace Serverless.Banking.Credentials;

/// <summary>A login that is under way.</summary>
public sealed class FindLoginChallenge
{
    private const int AttemptsAtMost = 20;

    private readonly LoginChallengeTable challenges;
    private readonly LockoutTable lockouts;

    internal FindLoginChallenge(LoginChallengeTable challenges, LockoutTable lockouts) => (this.challenges, this.lockouts) = (challenges, lockouts);

    /// <returns>Or, first match: <see cref="ChallengeExpired"/> (also one that never was or is completed), <see cref="ChallengeCancelled"/>.</returns>
    public async Task<Result<LoginChallenge>> RunAsync(LoginChallengeId id, CancellationToken cancellation) =>
        (await ReadAsync(id, cancellation)).Then(stored => stored.Challenge);

    /// <summary>Counts a try of a secret that is typed in place of the sent code (a Soft PIN), before it is looked at; the fifth cancels the login (AUTH-22).</summary>
    /// <returns>The login, and whether this was its last try. Or as <see cref="RunAsync"/>.</returns>
    public async Task<Result<(LoginChallenge Challenge, bool IsLastTry)>> ReserveTryAsync(LoginChallengeId id, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < AttemptsAtMost; attempt++)
        {
            var read = await ReadAsync(id, cancellation);
            if (!read.IsSuccess)
                return read.Error;
            var isLast = read.Value.Tries + 1 >= lockouts.Options.CodeTries;
            if (await challenges.TryWriteAsync(
                read.Value with { Tries = read.Value.Tries + 1, State = isLast ? LoginChallengeState.Cancelled : LoginChallengeState.Open }, cancellation))
                return (read.Value.Challenge, isLast);
            await StorageFaults.BackOffAsync(Math.Min(attempt, 3));
        }

        return new ChallengeCancelled();
    }

    /// <summary>The last try was wrong: three cancelled logins within an hour lock the user.</summary>
    public Task CancelledAsync(LoginChallenge challenge) =>
        lockouts.ChangeAsync(challenge.Customer, (now, at) => now.CodeCancelled(at, lockouts.Options), CancellationToken.None);

    internal async Task<Result<StoredChallenge>> ReadAsync(LoginChallengeId id, CancellationToken cancellation) =>
        await challenges.FindAsync(id, cancellation) switch
        {
            { State: LoginChallengeState.Cancelled } => new ChallengeCancelled(),
            { State: LoginChallengeState.Open } stored when stored.Challenge.ExpiresAt > lockouts.Now => stored,
            _ => new ChallengeExpired(),
        };
}
