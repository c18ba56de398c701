using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Channels;

/// <summary>Finishes blockings that were interrupted, and blocks channels that were reactivated and not verified in time (LIFE-14).</summary>
/// <remarks>Its cost is in proportion to what is unfinished or overdue. Safe to run twice, and late.</remarks>
public sealed class SweepChannels
{
    internal const string Name = "channels_sweep";
    private const string Reason = "Not verified in time.";

    /// <summary>Longer than any request lives: a younger note may be of a blocking that is still under way.</summary>
    private static readonly Duration WriterLivesAtMost = Duration.FromMinutes(4);

    private readonly SessionTable sessions;
    private readonly SessionRules rules;
    private readonly ChannelTable table;
    private readonly FollowBlocking follow;
    private readonly ChannelsOptions options;
    private readonly TimeProvider time;

    internal SweepChannels(SessionTable sessions, SessionRules rules, ChannelTable table, FollowBlocking follow, IOptions<ChannelsOptions> options, TimeProvider time) =>
        (this.sessions, this.rules, this.table, this.follow, this.options, this.time) = (sessions, rules, table, follow, options.Value, time);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        foreach (var blocked in await table.UnfinishedAsync(cancellation))
            await FinishAsync(blocked, now, cancellation);
        foreach (var (customer, until) in await table.OverdueAsync(now.InZone(BankTime.Tirane).Date, cancellation))
            await ExpireAsync(customer, until, now, cancellation);
    }

    private async Task FinishAsync(BlockedChannel blocked, Instant now, CancellationToken cancellation)
    {
        if (now - blocked.At < WriterLivesAtMost)
            return;
        var history = await table.HistoryAsync(blocked.Customer, FindChannel.HistoryAtMost, cancellation);
        if (history.Any(happened => happened.At == blocked.At && happened.Kind == blocked.Kind))
            await follow.RunAsync(blocked, cancellation);
        else
            await table.EndAsync(blocked, cancellation);
    }

    private async Task ExpireAsync(CustomerId customer, LocalDate until, Instant now, CancellationToken cancellation)
    {
        var (head, open) = await sessions.ReadAsync(customer, cancellation);
        // Reactivated anew since, it has a later day of its own.
        var isOverdue = head.State == ChannelState.WaitingForVerification && head.Since!.Value.InZone(BankTime.Tirane).Date.PlusDays(options.VerificationDays) <= until;
        if (isOverdue)
        {
            var blocked = new BlockedChannel(customer, ChannelEventKind.VerificationExpired, Name, null, Reason, now);
            await table.BeginAsync(blocked, cancellation);
            var happened = new ChannelEvent(ChannelEventKind.VerificationExpired, Name, null, null, Reason, now);
            if (!await sessions.TrySubmitAsync(head.Blocking(rules, open, happened, customer), cancellation))
                return;
            await follow.RunAsync(blocked, cancellation);
        }

        await table.EndWaitAsync(customer, until, cancellation);
    }
}
