using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Webhooks;

/// <summary>Tells one endpoint of one event. At least once: killed after the answer and before it was written down, it is told again, under the same id.</summary>
/// <remarks>
/// Who sends has claimed the delivery first, so that of two at once one does. Ten tries in three days, each at another moment for each delivery; then it is left to the staff. An endpoint that
/// answers 410 is told nothing more. What is due to one that is paused waits.
/// </remarks>
public sealed class DeliverWebhook
{
    /// <summary>After the first try, the second, and so on: about three days in all.</summary>
    private static readonly Duration[] Pauses =
    [
        Duration.FromMinutes(1), Duration.FromMinutes(5), Duration.FromMinutes(30), Duration.FromHours(2), Duration.FromHours(5), Duration.FromHours(8), Duration.FromHours(12),
        Duration.FromHours(20), Duration.FromHours(24),
    ];

    /// <summary>So long nobody else sends it; longer than a try takes.</summary>
    private static readonly Duration Claim = Duration.FromMinutes(3);

    private static readonly Duration Held = Duration.FromHours(1);

    /// <summary>A mark without a delivery is of an event that was being published; after so long its publisher is dead, and a repetition marks it anew.</summary>
    private static readonly Duration PublisherLivesAtMost = Duration.FromMinutes(10);

    private readonly WebhookTable table;
    private readonly WebhookSender sender;
    private readonly EndpointSecrets secrets;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;

    internal DeliverWebhook(WebhookTable table, WebhookSender sender, EndpointSecrets secrets, TimeProvider time, BankMetrics metrics) =>
        (this.table, this.sender, this.secrets, this.time, this.metrics) = (table, sender, secrets, time, metrics);

    public static int TriesAtMost => Pauses.Length + 1;

    private Instant Now => time.NowToTheMillisecond();

    public async Task RunAsync(WebhookDue due, CancellationToken cancellation)
    {
        if (await table.FindAsync(due.Endpoint, due.Row, cancellation) is not { } record)
        {
            await ForgetAsync(due, cancellation);
            return;
        }

        var endpoint = await table.FindEndpointAsync(due.Endpoint, cancellation);
        if (record.It.State != DeliveryState.Due || endpoint is null or { It.State: EndpointState.Removed })
        {
            await table.UnmarkDueAsync(due.Endpoint, due.Row, cancellation);
            return;
        }

        if (record.It.NextTryAt > Now)
            return;
        if (endpoint.It.State != EndpointState.Active)
        {
            await table.MarkDueAsync(due.Endpoint, due.Row, Now + Held, cancellation);
            return;
        }

        if (await table.FindEventAsync(record.It.Id, cancellation) is not { } it
            || await table.ReplaceAsync(record, record.It with { Tries = record.It.Tries + 1, NextTryAt = Now + Claim }, cancellation) is not { } claimed)
        {
            return;
        }

        var attempt = await sender.SendAsync(endpoint.It.Address, it.Id, Body(it), secrets.Open(endpoint, Now), cancellation);
        if (attempt.Failure is { } failure)
            metrics.WebhookFailed("out", "endpoint", failure);
        await SettleAsync(claimed, attempt, CancellationToken.None);
        if (attempt.Status == 410)
            await DisableAsync(due.Endpoint, CancellationToken.None);
    }

    private async Task SettleAsync(DeliveryRecord claimed, DeliveryAttempt attempt, CancellationToken cancellation)
    {
        var it = claimed.It with { Attempts = [.. claimed.It.Attempts.Append(attempt).TakeLast(WebhookDelivery.AttemptsKept)] };
        var settled = attempt.Failure is null ? it with { State = DeliveryState.Delivered, NextTryAt = null }
            : attempt.Status == 410 || it.Tries >= TriesAtMost ? it with { State = DeliveryState.Failed, NextTryAt = null }
            : it with { NextTryAt = Now + PauseAfter(it) };

        // The mark tells the sweeper when to look; killed in between, it looks too early, or at what is over.
        if (settled.NextTryAt is { } next)
            await table.MarkDueAsync(it.Endpoint, claimed.Row, next, cancellation);
        if (await table.ReplaceAsync(claimed, settled, cancellation) is not null && settled.State != DeliveryState.Due)
            await table.UnmarkDueAsync(it.Endpoint, claimed.Row, cancellation);
    }

    /// <summary>Within a fifth of the pause, and always the same for this try of this delivery.</summary>
    private static Duration PauseAfter(WebhookDelivery it)
    {
        var share = StableGuid.Of("webhook jitter", it.Endpoint.ToString("N"), it.Id, it.Tries.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToByteArray()[0] / 255d;
        return Pauses[it.Tries - 1] * (0.8 + (0.4 * share));
    }

    private async Task DisableAsync(Guid id, CancellationToken cancellation)
    {
        while (await table.FindEndpointAsync(id, cancellation) is { It.State: EndpointState.Active } record)
        {
            if (await table.TryWriteAsync(record with { It = record.It with { State = EndpointState.Gone } }, record.ETag, cancellation))
                return;
        }
    }

    private async Task ForgetAsync(WebhookDue due, CancellationToken cancellation)
    {
        await foreach (var (_, row, at) in table.DueAsync(due.Endpoint, cancellation))
        {
            if (row == due.Row && Now - at > PublisherLivesAtMost)
                await table.UnmarkDueAsync(due.Endpoint, due.Row, cancellation);
        }
    }

    private static string Body(EventRecord it)
    {
        var data = JsonNode.Parse(it.Data)!.AsObject();
        data.Insert(0, "subject", it.Subject);
        return new JsonObject { ["type"] = it.Type, ["timestamp"] = InstantPattern.General.Format(it.At), ["data"] = data }.ToJsonString();
    }
}
