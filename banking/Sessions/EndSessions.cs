using NodaTime;
using Serverless.Banking.Devices;

namespace Serverless.Banking.Sessions;

/// <summary>Ends a customer's sessions at once and on every instance: the next call of each is refused.</summary>
/// <remarks>
/// A query and one group (more for more than <see cref="InOneGroup"/> sessions), which also touches the channel's row: a sign-in that runs at the same
/// moment is either before it, and ended, or after it. Killed anywhere, its repeat ends the rest.
/// </remarks>
public sealed class EndSessions
{
    internal const int InOneGroup = 90;
    private const int TriesAtMost = 32;

    private readonly SessionTable table;
    private readonly SessionRules rules;
    private readonly TimeProvider time;

    internal EndSessions(SessionTable table, SessionRules rules, TimeProvider time) => (this.table, this.rules, this.time) = (table, rules, time);

    /// <param name="except">The one that goes on: the caller's own.</param>
    /// <param name="only">Those of one device; null: of all.</param>
    public Task RunAsync(CustomerId customer, SessionEnding ending, SessionId? except, InstallationId? only, CancellationToken cancellation) =>
        RunAsync(customer, ending, session => session.Id != except && (only is null || session.Installation == only), cancellation);

    public Task RunAsync(CustomerId customer, SessionEnding ending, CancellationToken cancellation) => RunAsync(customer, ending, null, null, cancellation);

    internal async Task RunAsync(CustomerId customer, SessionEnding ending, Func<Session, bool> which, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            var (head, sessions) = await table.ReadAsync(customer, cancellation);
            var open = sessions.Where(row => row.ToSession() is var session && rules.EndingOf(session, now) is null && which(session)).ToList();
            if (open.Count == 0)
                return;
            var isLast = open.Count <= InOneGroup;
            if (await table.TrySubmitAsync([head.Write(customer), .. open.Take(InOneGroup).Select(row => SessionTable.End(row, ending, now))], cancellation) && isLast)
                return;
        }

        throw new InvalidOperationException("The customer's sessions change too often to be ended now.");
    }
}
