using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Banking.Approvals;
using Serverless.Banking.Desk;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Partners;
using Serverless.Banking.PensionFunds;
using Serverless.Functions.Http;

namespace Serverless.Functions.Webhooks;

/// <summary>Where partners tell the bank things; see docs/partners.md. Who does what with them: <see cref="IWebhookHandler"/>.</summary>
public sealed class ReceivePartnerWebhookFunction(PartnerDoor door)
{
    [Function("Webhooks_Receive")]
    [Access(Right.Partner)]
    [Summary("Takes a partner's webhook (Standard Webhooks).")]
    [Header("webhook-id", "Names the message; the same id again is answered and not handled again.")]
    [Header("webhook-timestamp", "Unix seconds; five minutes' tolerance.")]
    [Header("webhook-signature", "One or more `v1,` and base64 HMAC-SHA256, separated by spaces.")]
    [Answers(204)]
    [Refuses<WebhookNotTrusted>, Refuses<WebhookNotUnderstood>, Refuses<BodyTooLarge>]
    [Refuses<DeciderNotKnown>, Refuses<DeskQueueNotFound>, Refuses<DeskCaseNotFound>, Refuses<DeskDecisionUnknown>, Refuses<DeskFieldWrong>, Refuses<FourEyesRequired>]
    [Refuses<RateRequestDecided>, Refuses<RateOutOfBand>, Refuses<ValidUntilWrong>]
    [Refuses<IdempotencyKeyReused>, Refuses<ApplicationNotFound>, Refuses<ApplicationDecided>, Refuses<DecidedLimitWrong>, Refuses<DecisionProposed>, Refuses<ApplicationBusy>]
    [Refuses<ChangeNotFound>, Refuses<ChangeAlreadyDecided>]
    [Refuses<PrivateFundNotFound>]
    [Refuses<OnboardingNotFound>, Refuses<ReviewNotOpen>, Refuses<IdentificationExhausted>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/{partner}")] HttpRequest request, string partner, [DurableClient] DurableTaskClient client) =>
        door.RunAsync(partner, request, client);
}
