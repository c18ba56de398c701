using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Webhooks;

/// <summary>Erases what was told and heard long ago: events, deliveries, endpoints removed, ids of partners' messages, and those that nobody could handle.</summary>
/// <remarks>Safe to run twice and to miss days. Costs in proportion to what is erased.</remarks>
public sealed class EraseOldWebhooks
{
    private readonly WebhookTable table;
    private readonly WebhookDeliveries heard;
    private readonly FailedMessages failed;
    private readonly IOptions<WebhooksOptions> options;
    private readonly TimeProvider time;

    internal EraseOldWebhooks(WebhookTable table, WebhookDeliveries heard, FailedMessages failed, IOptions<WebhooksOptions> options, TimeProvider time) =>
        (this.table, this.heard, this.failed, this.options, this.time) = (table, heard, failed, options, time);

    /// <returns>How many deliveries, events and messages were erased.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var before = now - Duration.FromDays(options.Value.DeliveriesKeptDays);
        var erased = 0;
        foreach (var endpoint in await table.ListEndpointsAsync(cancellation))
        {
            erased += await table.EraseAsync(endpoint.It.Id, before, cancellation);
            if (endpoint.It.State == EndpointState.Removed && (await table.ListAsync(endpoint.It.Id, new PageRequest(1, null), cancellation)).Items.Count == 0)
                await table.RemoveEndpointAsync(endpoint.It.Id, cancellation);
        }

        erased += await table.EraseEventsAsync(before, cancellation);
        erased += await failed.EraseAsync(before, cancellation);
        return erased + await heard.EraseAsync(now - Duration.FromDays(options.Value.MessagesKeptDays), cancellation);
    }
}
