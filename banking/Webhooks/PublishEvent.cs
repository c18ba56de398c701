using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Messages;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Webhooks;

/// <summary>Tells the subscribed back offices that something has happened, once however often it is called.</summary>
/// <remarks>
/// To be called after the state has moved, by what is repeated until it succeeds: a workflow's activity, an outbox follow-up. Killed at any storage call, its repetition goes on where
/// it was; once the event is written, nothing is lost any more. It waits for nobody: <see cref="DeliverWebhook"/> sends.
/// </remarks>
public sealed class PublishEvent
{
    private readonly WebhookTable table;
    private readonly EventTypes types;
    private readonly IWorkMessages messages;
    private readonly TimeProvider time;

    internal PublishEvent(WebhookTable table, EventTypes types, IWorkMessages messages, TimeProvider time) =>
        (this.table, this.types, this.messages, this.time) = (table, types, messages, time);

    /// <param name="type">One that the capability has registered with <see cref="EventTypesSetup.AddEventTypes"/>.</param>
    /// <param name="id">The same for every repetition of this event, unique within its type: a case's id, and the step where a type may come up twice.</param>
    /// <param name="subject">What it is about: the case's id.</param>
    /// <param name="data">Ids, states, deadlines; nobody's personal data, no secrets. Values null are left out.</param>
    /// <exception cref="InvalidOperationException">The type was not registered.</exception>
    public async Task RunAsync(string type, string id, string subject, IReadOnlyDictionary<string, string?> data, CancellationToken cancellation)
    {
        if (!types.Names.Contains(type, StringComparer.Ordinal))
            throw new InvalidOperationException($"Nobody has registered events of type {type}.");

        var eventId = $"evt_{StableGuid.Of("bank event", type, id):N}";
        var it = await table.FindEventAsync(eventId, cancellation);
        if (it is null)
        {
            IReadOnlyList<Guid> wanted = [.. (await table.ListEndpointsAsync(cancellation)).Where(endpoint => endpoint.It.State != EndpointState.Removed && endpoint.It.Wants(type)).Select(endpoint => endpoint.It.Id)];
            it = new EventRecord(eventId, type, subject, StoredJson.Write(data.Where(value => value.Value is not null).ToDictionary(StringComparer.Ordinal)), Now, wanted, wanted.Count > 0);
            if (!await table.TryAddAsync(it, cancellation))
                it = (await table.FindEventAsync(eventId, cancellation))!;
        }

        if (!it.IsOpen)
            return;
        List<WebhookDelivery> deliveries = [.. it.Endpoints.Select(endpoint => new WebhookDelivery(endpoint, it.Id, it.Type, it.Subject, it.At, DeliveryState.Due, 0, Now, []))];
        foreach (var delivery in deliveries)
            await table.AddAsync(delivery, cancellation);
        await table.CloseAsync(it, cancellation);
        if (deliveries.Count > 0)
            await messages.SendAsync(WorkQueues.WebhookDeliveries, [.. deliveries.Select(delivery => new WebhookDue(delivery.Endpoint, WebhookTable.RowOf(delivery)))], cancellation);
    }

    private Instant Now => time.NowToTheMillisecond();
}

/// <summary>A delivery that may be due: a work message.</summary>
/// <param name="Row">Its place in the endpoint's list.</param>
public sealed record WebhookDue(Guid Endpoint, string Row);
