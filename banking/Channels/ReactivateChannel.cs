using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Channels;

/// <param name="IdentifiedBy">How staff made sure; at most 100 characters.</param>
/// <param name="Reason">At most 500 characters.</param>
public sealed record ChannelReactivation(CustomerId Customer, string IdentifiedBy, string Reason, AuditActor Staff);

/// <summary>The staff step of a reactivation (LIFE-06): the channel then waits for the customer's sign-in to the Internet Branch (LIFE-07).</summary>
/// <remarks>Order: the day on which the wait ends, the audit record, one group with the state and its history. A day without a wait, and a record of a step that was then repeated, do no harm.</remarks>
public sealed class ReactivateChannel
{
    private readonly SessionTable sessions;
    private readonly ChannelTable table;
    private readonly RecordAudit audit;
    private readonly FindChannel find;
    private readonly ChannelsOptions options;
    private readonly TimeProvider time;

    internal ReactivateChannel(SessionTable sessions, ChannelTable table, RecordAudit audit, FindChannel find, IOptions<ChannelsOptions> options, TimeProvider time) =>
        (this.sessions, this.table, this.audit, this.find, this.options, this.time) = (sessions, table, audit, find, options.Value, time);

    /// <returns>The channel, waiting. Or <see cref="ChannelNotBlocked"/>.</returns>
    public async Task<Result<CustomerChannel>> RunAsync(ChannelReactivation reactivation, CancellationToken cancellation)
    {
        var customer = reactivation.Customer;
        var head = await sessions.ChannelAsync(customer, cancellation);
        if (head.State != ChannelState.Blocked)
            return new ChannelNotBlocked();
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        await table.WaitAsync(customer, now.InZone(BankTime.Tirane).Date.PlusDays(options.VerificationDays), cancellation);
        await audit.RunAsync(
            new AuditEvent(reactivation.Staff, "channel_reactivated", $"customer/{customer.Value}/channel")
            {
                Id = StableGuid.Of("channel_reactivated", customer.Value, $"{head.Since}"),
                At = now,
                Reason = reactivation.Reason,
            },
            cancellation);
        var happened = new ChannelEvent(ChannelEventKind.Reactivated, reactivation.Staff.Id, null, reactivation.IdentifiedBy, reactivation.Reason, now);
        var waiting = head with { State = ChannelState.WaitingForVerification, Since = now };

        // Whoever was faster has reactivated it too, or it was blocked anew: both are for staff to look at.
        return await sessions.TrySubmitAsync([waiting.Write(customer), ChannelHistory.Row(customer, happened)], cancellation)
            ? await find.RunAsync(customer, cancellation)
            : new ChannelNotBlocked();
    }
}
