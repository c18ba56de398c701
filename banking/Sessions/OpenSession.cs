using System.Security.Cryptography;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Channels;
using Serverless.Banking.Customers;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Sessions;

/// <summary>Opens the session of a sign-in that has succeeded (AUTH-03), and ends the ones that it takes the place of (AUTH-25).</summary>
/// <remarks>
/// Three storage calls: the customer's name, a query of what the customer has, and one group with the new session, the endings, the channel's row and what was swept away. The row's
/// ETag lets no two sign-ins, and no sign-in and blocking, pass each other.
/// </remarks>
public sealed class OpenSession
{
    private const int TriesAtMost = 16;
    private const int SweptAtMost = 40;

    /// <summary>Kept that long after its end, so that a late client still hears why.</summary>
    private static readonly Duration KeptAfterEnd = Duration.FromDays(1);

    private readonly SessionTable table;
    private readonly SessionIssue issue;
    private readonly SessionRules rules;
    private readonly SessionsOptions options;
    private readonly FindContactDetails contacts;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;

    internal OpenSession(SessionTable table, SessionIssue issue, SessionRules rules, IOptions<SessionsOptions> options, FindContactDetails contacts, TimeProvider time,
        BankMetrics metrics) =>
        (this.table, this.issue, this.rules, this.options, this.contacts, this.time, this.metrics) = (table, issue, rules, options.Value, contacts, time, metrics);

    /// <returns>The tokens. Or, first match: <see cref="ChannelBlocked"/>, <see cref="ChannelNotVerified"/>, <see cref="PasswordSignInRequired"/> (all in the app only);
    /// for an origin whose session is over, why it is.</returns>
    /// <exception cref="ArgumentException">The start contradicts itself: an app without a key, eKlik without a user, no method.</exception>
    public async Task<Result<SessionTokens>> RunAsync(SessionStart start, CancellationToken cancellation)
    {
        var opened = await OpenAsync(start, cancellation);
        metrics.Login(start.Channel.Code(), opened.IsSuccess ? null : opened.Error);
        return opened;
    }

    private async Task<Result<SessionTokens>> OpenAsync(SessionStart start, CancellationToken cancellation)
    {
        Check(start);
        var name = (await contacts.RunAsync(start.Customer, cancellation))?.Name;
        var id = start.Origin is { } origin ? SessionId.Of(start.Customer, origin) : SessionId.New();
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            var (head, sessions) = await table.ReadAsync(start.Customer, cancellation);
            if (sessions.FirstOrDefault(session => session.Id == id) is { } known)
                return Again(known, now);
            if (head.Refuse(start.Channel, start.Methods) is { } refusal)
                return refusal;
            var row = SessionRow.New(id, start, RandomNumberGenerator.GetBytes(32), name, now, now + Duration.FromHours(options.AbsoluteHours));
            var after = head.After(start.Channel, now);
            var open = sessions.Select(session => (Row: session, Session: session.ToSession())).ToList();
            IEnumerable<TableTransactionAction> group =
            [
                after.Write(start.Customer),
                .. ChannelHistory.Signed(head, after, start, now),
                new TableTransactionAction(TableTransactionActionType.Add, row),
                .. MakingRoom(start, open.Where(it => rules.EndingOf(it.Session, now) is null)).Select(it => SessionTable.End(it.Row, SessionEnding.Replaced, now)),
                .. open.Where(it => now - it.Session.EndsAt > KeptAfterEnd).Take(SweptAtMost).Select(it => SessionTable.Delete(it.Row)),
            ];
            if (await table.TrySubmitAsync(group, cancellation))
                return issue.Tokens(new SessionRow(row), now);
        }

        throw new InvalidOperationException("The customer signs in too often at the same moment.");
    }

    /// <summary>The answer of this very sign-in was lost; once its tokens have been used, nobody needs them again.</summary>
    private Result<SessionTokens> Again(SessionRow known, Instant now) =>
        rules.Refuse(known.ToSession(), now) is { } over ? over
        : known.Generation == 0 ? issue.Tokens(known, now)
        : new SessionEnded();

    private IEnumerable<(SessionRow Row, Session Session)> MakingRoom(SessionStart start, IEnumerable<(SessionRow Row, Session Session)> open)
    {
        var same = open.Where(it => it.Session.Channel == start.Channel && it.Session.User == start.User);
        return start.Channel == SessionChannel.App
            ? same
            : same.OrderByDescending(it => it.Session.OpenedAt).Skip(options.BrowsersAtMost - 1);
    }

    private static void Check(SessionStart start)
    {
        if (start.Channel == SessionChannel.App && (start.InstallationKey is null || Keys.P256Key.Find(start.InstallationKey) is not { CanSign: false }))
            throw new ArgumentException("An app's installation has a public P-256 key.", nameof(start));
        if (start.Channel == SessionChannel.EKlik != start.User is not null)
            throw new ArgumentException("The users of eKlik, and nobody else, have names.", nameof(start));
        if (start.Methods.Count == 0 || start.Methods.Any(method => method.Length == 0 || method.Contains(' ', StringComparison.Ordinal)))
            throw new ArgumentException("A sign-in is proven by something.", nameof(start));
    }
}
