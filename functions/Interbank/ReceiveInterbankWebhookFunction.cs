using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Serverless.Banking;
using Serverless.Banking.Interbank;
using Serverless.Banking.Iso20022;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;
using Serverless.Functions.Webhooks;
using Serverless.Workflows.InterbankTransfers;

namespace Serverless.Functions.Interbank;

/// <summary>Where the interbank network tells of answers, returns and incoming payments; see docs/partners.md.</summary>
public sealed class ReceiveInterbankWebhookFunction(PartnerDoor door)
{
    [Function("Webhooks_ReceiveInterbank")]
    [Access(Right.Partner)]
    [Summary("Takes a message of the interbank network: pacs.002, pacs.004, pacs.008 or camt.029 in a signed webhook.")]
    [Header("webhook-id", "Names the message; the same again changes nothing.")]
    [Header("webhook-timestamp", "Unix seconds; five minutes' tolerance.")]
    [Header("webhook-signature", "One or more `v1,` and base64 HMAC-SHA256, separated by spaces.")]
    [Answers(204)]
    [Refuses<WebhookNotTrusted>, Refuses<WebhookNotUnderstood>, Refuses<BodyTooLarge>, Refuses<MessageFault>, Refuses<NotForThisBank>, Refuses<AccountBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/interbank")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        door.RunAsync(InterbankWebhook.Partner, request, client);
}

/// <summary>The network's messages, and the workflows that they are about.</summary>
internal sealed class InterbankWebhook(HandleInterbankWebhook handle, StartInterbankTransfer workflow, IOptions<PartnersOptions> partners) : IWebhookHandler
{
    public const string Partner = "interbank";

    public IEnumerable<string> Partners => [Partner];

    /// <summary>By the ids of ISO 20022 and the bank's own: a payment is credited once however often it comes.</summary>
    public bool KnowsRepeats => true;

    public IReadOnlyList<string> SecretsOf(string partner) => partners.Value.Interbank.WebhookSecrets;

    public async Task<Result<IResult>> HandleAsync(PartnerMessage message, DurableTaskClient client, CancellationToken cancellation)
    {
        var about = await handle.RunAsync(message, cancellation);
        if (!about.IsSuccess)
            return about.Error;
        foreach (var transfer in about.Value)
            await workflow.WakeAsync(client, transfer, InterbankTransferOrchestrator.NetworkAnswered, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
