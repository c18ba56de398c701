using NodaTime;
using Serverless.Banking.Messages;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Webhooks;

/// <summary>Asks for the deliveries whose time has come: retries, and those whose message was lost.</summary>
/// <remarks>Costs in proportion to what is not at its end.</remarks>
public sealed class SweepWebhooks
{
    private readonly WebhookTable table;
    private readonly IWorkMessages messages;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;

    internal SweepWebhooks(WebhookTable table, IWorkMessages messages, TimeProvider time, BankMetrics metrics) =>
        (this.table, this.messages, this.time, this.metrics) = (table, messages, time, metrics);

    /// <returns>How many were asked for.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        List<WebhookDue> due = [];
        await foreach (var (endpoint, row, at) in table.DueAsync(null, cancellation))
        {
            if (at <= now)
                due.Add(new WebhookDue(endpoint, row));
        }

        if (due.Count > 0)
            await messages.SendAsync(WorkQueues.WebhookDeliveries, due, cancellation);
        metrics.Swept("webhooks", due.Count);
        return due.Count;
    }
}
