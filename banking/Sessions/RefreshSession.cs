using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Devices;
using Serverless.Banking.Keys;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Sessions;

/// <param name="Proof">For an app: a JWS (ES256, by the installation's key, <c>typ</c> <see cref="RefreshSession.ProofType"/>) over
/// <c>{"ath": base64url of the token's SHA-256, "iat": Unix seconds}</c>.</param>
/// <param name="Key">The same for every retry of one refresh, another for the next.</param>
public sealed record RefreshRequest(string RefreshToken, InstallationId Installation, string? Proof, IdempotencyKey Key)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"refresh by {Installation}";
}

/// <summary>Exchanges a refresh token for new tokens. A token is good once; shown again it ends the whole session, since then two have it.</summary>
/// <remarks>
/// One read and one write. The one exception: the retry of the exchange whose answer was lost, with the same key and soon, is answered as the first time.
/// A refresh is no activity: it does not keep an idle session alive.
/// </remarks>
public sealed class RefreshSession
{
    public const string ProofType = "refresh+jwt";

    private const int TriesAtMost = 16;

    private readonly SessionTable table;
    private readonly RefreshTokens tokens;
    private readonly SessionIssue issue;
    private readonly SessionRules rules;
    private readonly RecordAudit audit;
    private readonly SessionsOptions options;
    private readonly TimeProvider time;

    internal RefreshSession(
        SessionTable table, RefreshTokens tokens, SessionIssue issue, SessionRules rules, RecordAudit audit, IOptions<SessionsOptions> options, TimeProvider time) =>
        (this.table, this.tokens, this.issue, this.rules, this.audit, this.options, this.time) = (table, tokens, issue, rules, audit, options.Value, time);

    /// <returns>The new tokens. Or, first match: <see cref="RefreshTokenInvalid"/>, why the session is over, <see cref="SessionRefreshReused"/> (and it is over now),
    /// <see cref="RefreshTokenInvalid"/> for another installation, <see cref="RefreshProofInvalid"/>.</returns>
    public async Task<Result<SessionTokens>> RunAsync(RefreshRequest request, CancellationToken cancellation)
    {
        if (RefreshTokens.Find(request.RefreshToken) is not { } token)
            return new RefreshTokenInvalid();
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            if (await table.FindAsync(token.Customer, token.Session, cancellation) is not { } row || token.Generation > row.Generation || !tokens.IsGenuine(token, row.Salt))
                return new RefreshTokenInvalid();
            var session = row.ToSession();
            if (rules.Refuse(session, now) is { } over)
            {
                // Killed between the ending and the trail, the next try with any of its tokens writes it.
                if (over is SessionRefreshReused)
                    await RecordReuseAsync(session, row.EndedAt ?? now, cancellation);
                return over;
            }

            if (token.Generation < row.Generation && !IsRetry(token, request, row, now))
            {
                // Over the row as it was read: two thieves at once end it once, so that its moment, and the record's, is one.
                if (await table.TryMergeAsync(row.Ended(SessionEnding.RefreshReused, now), row.Entity.ETag, CancellationToken.None))
                    await RecordReuseAsync(session, now, CancellationToken.None);
                else
                    continue;
                return new SessionRefreshReused();
            }

            if (session.Installation != request.Installation)
                return new RefreshTokenInvalid();
            if (!IsProven(session, request, now))
                return new RefreshProofInvalid();
            if (token.Generation < row.Generation || await table.TryMergeAsync(row.Refreshed(request.Key, now), row.Entity.ETag, cancellation))
                return issue.Tokens(row, token.Generation + 1, now);
        }

        throw new InvalidOperationException("The session changes too often to be refreshed now.");
    }

    /// <summary>Once for each session: the same id at the same moment.</summary>
    private Task RecordReuseAsync(Session session, Instant endedAt, CancellationToken cancellation) => audit.RunAsync(
        new AuditEvent(AuditActor.Bank("sessions"), "session_ended", $"customer/{session.Customer.Value}/session/{session.Id.Value}")
        {
            Id = StableGuid.Of("refresh reused", session.Customer.Value, session.Id.Value),
            At = endedAt,
            Before = $"{session.Channel}".ToLowerInvariant(),
            After = "refresh_reused",
        },
        cancellation);

    private bool IsRetry(RefreshToken token, RefreshRequest request, SessionRow row, Instant now) =>
        token.Generation == row.Generation - 1 && row.RefreshedBy == request.Key.Value && now - row.RefreshedAt!.Value <= Duration.FromSeconds(options.RetrySeconds);

    /// <summary>Where the installation has a key, the token alone is worth nothing.</summary>
    private bool IsProven(Session session, RefreshRequest request, Instant now)
    {
        if (session.InstallationKey is not { } key)
            return true;
        return CompactJws.Find(request.Proof) is { Type: ProofType } proof && proof.IsSignedBy(P256Key.Parse(key))
            && proof.Text("ath") == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(request.RefreshToken)))
            && proof.Number("iat") is { } at && Math.Abs(now.ToUnixTimeSeconds() - at) <= options.ClockSkewSeconds;
    }
}
