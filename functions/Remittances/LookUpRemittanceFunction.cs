using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Partners;
using Serverless.Banking.Remittances;
using Serverless.Functions.Http;

namespace Serverless.Functions.Remittances;

public sealed class LookUpRemittanceFunction(LookUpRemittance lookUp)
{
    [Function("Remittances_LookUp")]
    [Access(Right.Info)]
    [Summary("Shows money sent to the customer from abroad, found by its PIN.",
        Details = "Only what is sent to the caller is shown. A PIN may be tried a few times an hour.")]
    [Body<LookUpRemittanceRequest>]
    [Answers<RemittanceOfferResponse>]
    [Refuses<PinMalformed>, Refuses<TooManyRequests>, Refuses<RemitterUnavailable>, Refuses<PinUnknown>, Refuses<BeneficiaryDiffers>]
    [Refuses<RemittanceAlreadyPaid>, Refuses<RemittanceCancelled>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/remittances/lookups")] HttpRequest request) =>
        request.ReadBody<LookUpRemittanceRequest>()
            .Then(body => lookUp.RunAsync(request.Customer(), request.CustomerCaller().Name, body.Pin, request.HttpContext.RequestAborted))
            .Respond(offer => TypedResults.Ok(RemittanceOfferResponse.From(offer)));
}

public sealed record LookUpRemittanceRequest(
    [property: MaxLength(20), Description("8 to 12 digits, as the sender told them."), Example("11223344556")] string Pin);

[Description("Money that somebody abroad has sent to the caller.")]
public sealed record RemittanceOfferResponse(string Sender, string SenderCountry, Money Amount, RemittanceState State)
{
    public static RemittanceOfferResponse From(RemittanceOffer offer) => new(offer.Sender, offer.SenderCountry, offer.Amount, offer.State);
}
