using Serverless.Banking.Audit;
using Serverless.Banking.Messages;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Webhooks;

/// <summary>A member of staff has an event told again, whatever became of it; under the same id.</summary>
public sealed class ReplayDelivery
{
    private readonly WebhookTable table;
    private readonly IWorkMessages messages;
    private readonly RecordAudit audit;
    private readonly TimeProvider time;

    internal ReplayDelivery(WebhookTable table, IWorkMessages messages, RecordAudit audit, TimeProvider time) =>
        (this.table, this.messages, this.audit, this.time) = (table, messages, audit, time);

    /// <param name="key">The same for every repetition of this order.</param>
    /// <returns>Nothing: it is due now, or was. Or, first match: <see cref="EndpointNotFound"/> (also removed), <see cref="DeliveryNotFound"/>.</returns>
    public async Task<Result<Nothing>> RunAsync(Guid endpoint, string eventId, string key, AuditActor actor, CancellationToken cancellation)
    {
        if (await table.FindEndpointAsync(endpoint, cancellation) is null or { It.State: EndpointState.Removed })
            return new EndpointNotFound();
        if (await table.FindEventAsync(eventId, cancellation) is not { } it)
            return new DeliveryNotFound();
        var now = time.NowToTheMillisecond();
        var row = WebhookTable.RowOf(new WebhookDelivery(endpoint, it.Id, it.Type, it.Subject, it.At, DeliveryState.Due, 0, null, []));
        var order = $"{actor.Id} {key}";
        while (await table.FindAsync(endpoint, row, cancellation) is { } record)
        {
            if (record.It.Ordered == order)
                return default(Nothing);
            await audit.RunAsync(new AuditEvent(actor, "webhook_sent_again", EndpointRules.ResourceOf(endpoint)) { After = $"{it.Type} {it.Id}" }, cancellation);
            await table.MarkDueAsync(endpoint, row, now, cancellation);
            if (await table.ReplaceAsync(record, record.It with { State = DeliveryState.Due, Tries = 0, NextTryAt = now, Ordered = order }, cancellation) is not null)
            {
                await messages.SendAsync(WorkQueues.WebhookDeliveries, [new WebhookDue(endpoint, row)], cancellation);
                return default(Nothing);
            }
        }

        return new DeliveryNotFound();
    }
}
