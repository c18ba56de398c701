using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Cancellations;
using Serverless.Banking.Turnovers;
using Serverless.Functions.Http;
using Serverless.Workflows.Cancellations;

namespace Serverless.Functions.Cancellations;

public sealed class RequestCancellationFunction(RequestCancellation request, StartCancellation workflow)
{
    [Function("Cancellations_Request")]
    [Access(Right.Payment)]
    [Idempotent]
    [NotConfirmed("It orders nothing: two members of staff decide, and money only comes back.")]
    [Summary("Asks the bank to cancel a payment that was made by mistake or twice.",
        Details = "The contact centre gets it by e-mail with the details of the payment. One request for each payment.")]
    [Body<CancellationRequestBody>]
    [Answers<CancellationResponse>(202)]
    [Refuses<CancellationReasonMissing>, Refuses<OrderedPaymentNotFound>, Refuses<IdempotencyKeyReused>, Refuses<CancellationExists>, Refuses<PaymentNotCancellable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/payments/cancellations")] HttpRequest http, [DurableClient] DurableTaskClient client) =>
        http.ReadBody<CancellationRequestBody>()
            .Then(body => body.ToRequest(http))
            .Then(wanted => request.RunAsync(wanted, http.HttpContext.RequestAborted))
            .Then(taken => workflow.OfAsync(client, taken))
            .Respond(taken => TypedResults.Accepted($"/api/v1/payments/{taken.Number:D}/cancellation", CancellationResponse.From(taken)));
}

public sealed record CancellationRequestBody(
    [property: Description("Unique number of the payment, as its details have it.")] Guid PaymentNumber,
    [property: MaxLength(Cancellation.ReasonAtMost), Example("Paguar dy here")] string Reason)
{
    /// <returns>Or <see cref="CancellationReasonMissing"/>.</returns>
    public Result<CancellationRequest> ToRequest(HttpRequest http)
    {
        var input = new Input();
        input.Check(!string.IsNullOrWhiteSpace(Reason), () => new CancellationReasonMissing("/reason"));
        return input.Result(() => new CancellationRequest(http.Customer(), PaymentNumber, Reason.Trim(), http.IdempotencyKey(), http.BodyHash()));
    }
}
