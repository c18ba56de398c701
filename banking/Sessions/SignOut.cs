using NodaTime;

namespace Serverless.Banking.Sessions;

/// <summary>Ends one session at its customer's wish (LIFE-01). Once over it stays as it is, so signing out twice is signing out once.</summary>
public sealed class SignOut
{
    private readonly SessionTable table;
    private readonly SessionRules rules;
    private readonly TimeProvider time;

    internal SignOut(SessionTable table, SessionRules rules, TimeProvider time) => (this.table, this.rules, this.time) = (table, rules, time);

    /// <summary>Two storage calls.</summary>
    public async Task RunAsync(CustomerId customer, SessionId session, CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        if (await table.FindAsync(customer, session, cancellation) is { } row && rules.EndingOf(row.ToSession(), now) is null)
            await table.TryMergeAsync(row.Ended(SessionEnding.SignedOut, now), null, cancellation);
    }
}
