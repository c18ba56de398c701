using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Webhooks;

/// <summary>What is to be otherwise; null leaves it.</summary>
/// <param name="State">Active or paused.</param>
public sealed record EndpointChange(EndpointState? State, IReadOnlyList<string>? Types, string? Description);

/// <summary>Staff pause, resume, change and remove endpoints, and change their secrets.</summary>
public sealed class ChangeEndpoint
{
    private readonly WebhookTable table;
    private readonly EndpointSecrets secrets;
    private readonly EndpointRules rules;
    private readonly RecordAudit audit;
    private readonly IOptions<WebhooksOptions> options;
    private readonly TimeProvider time;

    internal ChangeEndpoint(WebhookTable table, EndpointSecrets secrets, EndpointRules rules, RecordAudit audit, IOptions<WebhooksOptions> options, TimeProvider time) =>
        (this.table, this.secrets, this.rules, this.audit, this.options, this.time) = (table, secrets, rules, audit, options, time);

    private Instant Now => time.NowToTheMillisecond();

    /// <summary>Active again, it is told what has happened meanwhile.</summary>
    /// <returns>The endpoint. Or, first match: <see cref="InvalidInput"/> (<see cref="EventTypeUnknown"/>), <see cref="EndpointNotFound"/>.</returns>
    public async Task<Result<WebhookEndpoint>> RunAsync(Guid id, EndpointChange change, AuditActor actor, CancellationToken cancellation)
    {
        if (rules.Faults(null, change.Types) is { Count: > 0 } faults)
            return new InvalidInput(faults);
        var changed = await WriteAsync(
            id, "webhook_endpoint_changed", actor,
            record => record with
            {
                It = record.It with
                {
                    State = change.State ?? record.It.State,
                    Types = change.Types ?? record.It.Types,
                    Description = change.Description ?? record.It.Description,
                },
            },
            cancellation);
        if (changed.IsSuccess && change.State == EndpointState.Active)
        {
            await foreach (var (_, row, at) in table.DueAsync(id, cancellation))
            {
                if (at > Now)
                    await table.MarkDueAsync(id, row, Now, cancellation);
            }
        }

        return changed.Then(record => record.It);
    }

    /// <summary>From now on both secrets are signed with, for as long as the settings say.</summary>
    /// <param name="key">The same for every repetition of this order.</param>
    /// <returns>The endpoint with its new secret. Or <see cref="EndpointNotFound"/>.</returns>
    public async Task<Result<EndpointWithSecret>> RotateAsync(Guid id, string key, AuditActor actor, CancellationToken cancellation)
    {
        var order = $"{actor.Id} {key}";
        var changed = await WriteAsync(
            id, "webhook_secret_changed", actor,
            record => record.Rotated == order ? record : record with
            {
                It = record.It with { OldSecretUntil = Now + Duration.FromTimeSpan(options.Value.OldSecretHolds) },
                Secret = secrets.New(id),
                OldSecret = record.Secret,
                Rotated = order,
            },
            cancellation);
        return changed.Then(record => new EndpointWithSecret(record.It, secrets.Show(record)));
    }

    /// <returns>Nothing, also when it was removed before. Or <see cref="EndpointNotFound"/>.</returns>
    public async Task<Result<Nothing>> RemoveAsync(Guid id, AuditActor actor, CancellationToken cancellation) => (await WriteAsync(
        id, "webhook_endpoint_removed", actor, record => record with { It = record.It with { State = EndpointState.Removed } }, cancellation)).Then(_ => default(Nothing));

    private async Task<Result<EndpointRecord>> WriteAsync(
        Guid id, string action, AuditActor actor, Func<EndpointRecord, EndpointRecord> change, CancellationToken cancellation)
    {
        while (await table.FindEndpointAsync(id, cancellation) is { It.State: not EndpointState.Removed } record)
        {
            var changed = change(record);
            if (changed == record)
                return record;

            // First the trace: that somebody tried is worth keeping even when the rest is lost.
            await audit.RunAsync(
                new AuditEvent(actor, action, EndpointRules.ResourceOf(id)) { Before = EndpointRules.Describe(record.It), After = EndpointRules.Describe(changed.It) }, cancellation);
            if (await table.TryWriteAsync(changed, record.ETag, cancellation))
                return changed;
        }

        return new EndpointNotFound();
    }
}
