using NodaTime;
using Serverless.Banking.Sessions;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Channels;

/// <param name="AskedBy">Who asked for it: the customer, a relative, the police, the bank; at most 100 characters.</param>
/// <param name="IdentifiedBy">How staff made sure; at most 100 characters.</param>
/// <param name="Reason">At most 500 characters.</param>
/// <param name="IsEmergency">For loss or suspicion of fraud (LIFE-13).</param>
/// <param name="Staff">The id of whoever does it.</param>
/// <param name="Origin">From where.</param>
public sealed record ChannelBlocking(CustomerId Customer, string AskedBy, string IdentifiedBy, string Reason, bool IsEmergency, string Staff, string? Origin);

/// <summary>Blocks the mobile channel (LIFE-03, LIFE-13): the app's sessions end at once, and nobody signs in to it until it is reactivated.</summary>
/// <remarks>
/// Order: a note of what is to follow, then one group with the state, its history and the ended sessions, then what follows. A blocking that is killed
/// in between is finished by <see cref="SweepChannels"/>; one that never reached the group leaves a note that leads nowhere.
/// </remarks>
public sealed class BlockChannel
{
    private const int TriesAtMost = 16;

    private readonly SessionTable sessions;
    private readonly SessionRules rules;
    private readonly ChannelTable table;
    private readonly FollowBlocking follow;
    private readonly FindChannel find;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;

    internal BlockChannel(SessionTable sessions, SessionRules rules, ChannelTable table, FollowBlocking follow, FindChannel find, TimeProvider time, BankMetrics metrics) =>
        (this.sessions, this.rules, this.table, this.follow, this.find, this.time, this.metrics) = (sessions, rules, table, follow, find, time, metrics);

    /// <returns>The channel, blocked; as it was when it had been blocked before.</returns>
    public async Task<CustomerChannel> RunAsync(ChannelBlocking blocking, CancellationToken cancellation)
    {
        var kind = blocking.IsEmergency ? ChannelEventKind.EmergencyBlocked : ChannelEventKind.Blocked;
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            var (head, open) = await sessions.ReadAsync(blocking.Customer, cancellation);
            if (head.State == ChannelState.Blocked)
                return await find.RunAsync(blocking.Customer, cancellation);
            var blocked = new BlockedChannel(blocking.Customer, kind, blocking.Staff, blocking.Origin, blocking.Reason, now);
            await table.BeginAsync(blocked, cancellation);
            var happened = new ChannelEvent(kind, blocking.Staff, blocking.AskedBy, blocking.IdentifiedBy, blocking.Reason, now);
            if (await sessions.TrySubmitAsync(head.Blocking(rules, open, happened, blocking.Customer), cancellation))
            {
                metrics.Block(blocking.IsEmergency ? "channel_blocked_emergency" : "channel_blocked");
                await follow.RunAsync(blocked, cancellation);
                return await find.RunAsync(blocking.Customer, cancellation);
            }
        }

        throw new InvalidOperationException("The customer's channel changes too often to be blocked now.");
    }
}
