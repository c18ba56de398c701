using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Partners;
using Serverless.Banking.Telemetry;
using Serverless.Functions.Http;
using Serverless.Workflows;

namespace Serverless.Functions.Webhooks;

/// <summary>Every webhook comes in here: its signature is checked, and it is handled once.</summary>
public sealed partial class PartnerDoor(
    IEnumerable<IPartnerWebhook> partners, IEnumerable<IWebhookHandler> handlers, WakeWorkflows workflows, WebhookDeliveries deliveries, FailedMessages failed, TimeProvider time, BankMetrics metrics,
    ILogger<PartnerDoor> log)
{
    private readonly Dictionary<string, IWebhookHandler> byPartner = handlers.Concat(partners.Select(partner => new Plain(partner, workflows)))
        .SelectMany(handler => handler.Partners, (handler, partner) => (handler, partner)).ToDictionary(it => it.partner, it => it.handler, StringComparer.Ordinal);

    /// <returns>The handler's answer; 204 for a message seen before. Or, first match: <see cref="BodyTooLarge"/>, <see cref="WebhookNotTrusted"/>, and those of the handler.</returns>
    public Task<IResult> RunAsync(string partner, HttpRequest request, DurableTaskClient client) =>
        request.ReadWebhookAsync().Then(webhook => TakeAsync(partner, webhook, client, request.HttpContext.RequestAborted)).Respond(answer => answer);

    private async Task<Result<IResult>> TakeAsync(string partner, SignedWebhook webhook, DurableTaskClient client, CancellationToken cancellation)
    {
        if (!byPartner.TryGetValue(partner, out var handler))
            return NotTrusted("nobody");
        if (!webhook.IsSignedWith(handler.SecretsOf(partner), Instant.FromDateTimeOffset(time.GetUtcNow())))
            return NotTrusted(partner);
        var message = PartnerMessage.Of(partner, webhook.Id, webhook.Body);
        if (!handler.KnowsRepeats && !handler.AnswersAgain(message) && await deliveries.WasHandledAsync(partner, webhook.Id, cancellation))
            return TypedResults.NoContent();
        return await HandleAsync(handler, message, client, cancellation);
    }

    /// <param name="partner">One that the bank knows: what a caller made up is no attribute of a figure.</param>
    private WebhookNotTrusted NotTrusted(string partner)
    {
        var refusal = new WebhookNotTrusted();
        metrics.WebhookFailed("in", partner, refusal.Code);
        return refusal;
    }

    /// <summary>Handles a message that has failed, as if the partner had sent it again.</summary>
    /// <returns>Nothing: it is handled. Or, first match: <see cref="FailedMessageNotFound"/>, <see cref="MessageStillFails"/>.</returns>
    public async Task<Result<Nothing>> ReplayAsync(Guid id, DurableTaskClient client, CancellationToken cancellation)
    {
        if (await failed.FindAsync(id, cancellation) is not { } message || !byPartner.TryGetValue(message.Partner, out var handler))
            return new FailedMessageNotFound();
        var failure = "internal_error";
        try
        {
            var handled = await handler.HandleAsync(message, client, cancellation);
            if (handled.IsSuccess)
            {
                await KeepAsync(handler, message, cancellation);
                await failed.ForgetAsync(message.Partner, message.Id, cancellation);
                return default(Nothing);
            }

            failure = handled.Error.Code;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogStillFails(message.Partner, e);
        }

        await failed.NoteAsync(message, failure, CancellationToken.None);
        return new MessageStillFails(failure);
    }

    /// <remarks>Answered well it has been handled, or is kept where nobody loses it.</remarks>
    private async Task<Result<IResult>> HandleAsync(IWebhookHandler handler, PartnerMessage message, DurableTaskClient client, CancellationToken cancellation)
    {
        Result<IResult> handled;
        try
        {
            handled = await handler.HandleAsync(message, client, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            metrics.WebhookFailed("in", message.Partner, "internal_error");
            var noted = await failed.NoteAsync(message, "internal_error", CancellationToken.None);
            if (!noted.IsKept)
                throw;
            LogKept(message.Partner, noted.Failures, e);
            return TypedResults.NoContent();
        }

        if (handled.IsSuccess)
        {
            await KeepAsync(handler, message, cancellation);
            failed.ForgetLater(message.Partner, message.Id);
            return handled;
        }

        metrics.WebhookFailed("in", message.Partner, handled.Error.Code);

        // A refusal is an answer, and the same every time; what may be otherwise tomorrow, or was misunderstood, is for people to see.
        if (handled.Error is Unavailable or Invalid or InvalidInput && (await failed.NoteAsync(message, handled.Error.Code, CancellationToken.None)).IsKept && handled.Error is Unavailable)
            return TypedResults.NoContent();
        return handled;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A message of {Partner} has failed {Failures} times and is kept for the staff")]
    private partial void LogKept(string partner, int failures, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message of {Partner} still fails")]
    private partial void LogStillFails(string partner, Exception exception);

    private Task KeepAsync(IWebhookHandler handler, PartnerMessage message, CancellationToken cancellation) =>
        handler.KnowsRepeats ? Task.CompletedTask : deliveries.KeepAsync(message.Partner, message.Id, cancellation);

    private sealed class Plain(IPartnerWebhook webhook, WakeWorkflows workflows) : IWebhookHandler
    {
        public IEnumerable<string> Partners => [webhook.Partner];

        public IReadOnlyList<string> SecretsOf(string partner) => webhook.Secrets;

        public async Task<Result<IResult>> HandleAsync(PartnerMessage message, DurableTaskClient client, CancellationToken cancellation)
        {
            var news = await webhook.HandleAsync(message, cancellation);
            if (!news.IsSuccess)
                return news.Error;
            await workflows.RunAsync(client, news.Value);
            return TypedResults.NoContent();
        }
    }
}
