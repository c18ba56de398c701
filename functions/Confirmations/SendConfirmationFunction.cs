using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Credentials;
using Serverless.Banking.Quotes;
using Serverless.Banking.Sessions;
using Serverless.Functions.Http;

namespace Serverless.Functions.Confirmations;

public sealed class SendConfirmationFunction(SendConfirmationCode send)
{
    [Function("Confirmations_Send")]
    [Access(Right.Info, Scope = SessionScope.SmartPay)]
    [Summary("Sends the code that confirms a prepared operation, by SMS to the number on file.",
        Details = "The message says what is confirmed. The code is good for two minutes, for this operation, once; another one cancels it. Then confirm with the "
            + "header `Strong-Confirmation`: the id, a full stop, the code. Users of eKlik confirm with their token and are sent none.")]
    [Body<SendConfirmationRequest>]
    [Answers<ConfirmationSentResponse>(202)]
    [Refuses<ConfirmedByToken>, Refuses<ChallengeNotFound>, Refuses<ConfirmationExpired>, Refuses<MobileMissing>, Refuses<ChallengeCancelled>, Refuses<TooManyRequests>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/confirmations")] HttpRequest request) =>
        request.ReadBody<SendConfirmationRequest>()
            .Then(body => send.RunAsync(
                request.Customer(), request.CustomerCaller().User, body.Operation, body.Challenge, AcceptLanguage.Of(request), request.HttpContext.RequestAborted))
            .Respond(sent => TypedResults.Accepted((string?)null, ConfirmationSentResponse.From(sent)));
}

public sealed record SendConfirmationRequest(
    [property: MaxLength(60), Description("As the facts name it."), Example("inside_transfer")] string Operation,
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("The quote's id; or, of an operation without a quote, the challenge that it was refused with.")] string Challenge);

[Description("A code on its way.")]
public sealed record ConfirmationSentResponse(
    [property: Example("0123456789abcdef0123456789abcdef")] string ConfirmationId,
    [property: Description("Where it went."), Example("+355•••••0001")] string SentTo,
    ConfirmationFactsResponse Facts,
    Instant ExpiresAt,
    [property: Description("Not before then is another one sent.")] Instant ResendAfter)
{
    public static ConfirmationSentResponse From(ConfirmationSent sent) => new(
        sent.Code.Id.Value, sent.Code.MaskedTarget, ConfirmationFactsResponse.From(sent.Facts), sent.Code.ExpiresAt, sent.Code.ResendAfter);
}
