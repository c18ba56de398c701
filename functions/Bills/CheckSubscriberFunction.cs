using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class CheckSubscriberFunction(CheckSubscriber check)
{
    [Function("Bills_CheckSubscriber")]
    [Access(Right.Info)]
    [Summary("Checks institution and subscriber number before an authorisation is made.")]
    [Body<CheckSubscriberRequest>]
    [Answers<SubscriberResponse>]
    [Refuses<InstitutionNotAvailable>, Refuses<SmartCardNumber>, Refuses<ClientCodeMalformed>, Refuses<ClientCodeUnknown>, Refuses<CompanyUnavailable>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/bills/authorisations/checks")] HttpRequest request) =>
        request.ReadBody<CheckSubscriberRequest>()
            .Then(body => check.RunAsync(body.Company, body.SubscriberNumber, request.HttpContext.RequestAborted))
            .Respond(subscriber => TypedResults.Ok(SubscriberResponse.From(subscriber)));
}

public sealed record CheckSubscriberRequest(
    [property: MaxLength(40), Example("oshee")] string Company,
    [property: MaxLength(40), Example("TR0.A0000000000000")] string SubscriberNumber);

public sealed record SubscriberResponse(
    string Company, string SubscriberNumber, [property: Description("As the institution knows the subscriber.")] string Name)
{
    public static SubscriberResponse From(Subscriber subscriber) =>
        new(subscriber.Account.Company.Value, subscriber.Account.ClientCode, subscriber.Name);
}
