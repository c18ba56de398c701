using Microsoft.Extensions.Options;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Webhooks;

/// <param name="Types">Without repetitions.</param>
/// <param name="Key">The same for every repetition of this order.</param>
public sealed record EndpointOrder(Uri Address, IReadOnlyList<string> Types, string Description, string Key);

/// <param name="Secret">Shown here and nowhere else.</param>
public sealed record EndpointWithSecret(WebhookEndpoint Endpoint, string Secret);

/// <summary>A member of staff subscribes a back office's address to what happens.</summary>
public sealed class CreateEndpoint
{
    private readonly WebhookTable table;
    private readonly EndpointSecrets secrets;
    private readonly EndpointRules rules;
    private readonly RecordAudit audit;
    private readonly IOptions<WebhooksOptions> options;
    private readonly TimeProvider time;

    internal CreateEndpoint(WebhookTable table, EndpointSecrets secrets, EndpointRules rules, RecordAudit audit, IOptions<WebhooksOptions> options, TimeProvider time) =>
        (this.table, this.secrets, this.rules, this.audit, this.options, this.time) = (table, secrets, rules, audit, options, time);

    /// <returns>The endpoint with its secret; the same for a repetition, until the secret is changed. Or, first match: <see cref="InvalidInput"/> (<see cref="EndpointAddressNotAllowed"/>,
    /// <see cref="EventTypeUnknown"/>), <see cref="IdempotencyKeyReused"/>, <see cref="TooManyEndpoints"/>.</returns>
    public async Task<Result<EndpointWithSecret>> RunAsync(EndpointOrder order, AuditActor actor, CancellationToken cancellation)
    {
        if (rules.Faults(order.Address, order.Types) is { Count: > 0 } faults)
            return new InvalidInput(faults);
        var id = StableGuid.Of("webhook endpoint", actor.Id, order.Key);
        var hash = RowSeal.Hex($"{order.Address}\n{string.Join(' ', order.Types)}\n{order.Description}");
        var all = await table.ListEndpointsAsync(cancellation);
        var record = all.FirstOrDefault(endpoint => endpoint.It.Id == id);
        if (record is null)
        {
            if (all.Count(endpoint => endpoint.It.State != EndpointState.Removed) >= options.Value.EndpointsAtMost)
                return new TooManyEndpoints(options.Value.EndpointsAtMost);
            var it = new WebhookEndpoint(
                id, order.Address, order.Types, order.Description, EndpointState.Active, actor.Id, time.NowToTheMillisecond(), null);
            await audit.RunAsync(
                new AuditEvent(actor, "webhook_endpoint_created", EndpointRules.ResourceOf(id)) { After = EndpointRules.Describe(it), Id = StableGuid.Of("webhook endpoint created", id.ToString("N")), At = it.CreatedAt },
                cancellation);
            record = new EndpointRecord(it, secrets.New(id), null, hash, null, default);
            if (!await table.TryWriteAsync(record, null, cancellation))
                record = (await table.FindEndpointAsync(id, cancellation))!;
        }

        return record.Created != hash ? new IdempotencyKeyReused()
            : record.Rotated is not null || record.It.State == EndpointState.Removed ? new EndpointNotFound()
            : new EndpointWithSecret(record.It, secrets.Show(record));
    }
}
