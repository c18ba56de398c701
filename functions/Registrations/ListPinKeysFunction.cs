using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Partners;
using Serverless.Functions.Http;
using Serverless.Functions.Receipts;

namespace Serverless.Functions.Registrations;

public sealed class ListPinKeysFunction(IBankCards cards)
{
    [Function("Registrations_ListPinKeys")]
    [Access(Right.Public)]
    [Priority(Priority.Vital)]
    [Summary("Lists the card processor's public keys, to which apps encrypt PINs.", Details = "A JWK set (RFC 7517); encrypt to the first.")]
    [Answers<KeySetResponse>]
    [Refuses<CardProcessorUnavailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/pin-keys")] HttpRequest request) =>
        cards.PinKeysAsync(request.HttpContext.RequestAborted).Respond(keys => TypedResults.Ok(new KeySetResponse(keys)));
}
