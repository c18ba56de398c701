using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Channels;
using Serverless.Banking.Customers;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Channels;

public sealed class ReactivateChannelFunction(ReactivateChannel reactivate)
{
    [Function("Channels_Reactivate")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.ContactCentre])]
    [Summary("Reactivates a blocked channel: the staff step.",
        Details = "The channel then waits until the customer signs in to the Internet Branch; after thirty days without it, it is blocked again. "
            + "The first sign-in in the app is by number and password.")]
    [Body<ReactivateChannelRequest>]
    [Answers<ChannelResponse>]
    [Refuses<CustomerNumberMalformed>, Refuses<ChannelNotBlocked>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/customers/{customerNumber}/channel/reactivation")] HttpRequest request, string customerNumber) =>
        request.ReadBody<ReactivateChannelRequest>()
            .Then(body => CustomerNumbers.Read(customerNumber)
                .Then(customer => new ChannelReactivation(customer, body.IdentifiedBy, body.Reason, request.StaffActor())))
            .Then(reactivation => reactivate.RunAsync(reactivation, request.HttpContext.RequestAborted))
            .Respond(channel => TypedResults.Ok(ChannelResponse.From(channel)));
}

public sealed record ReactivateChannelRequest(
    [property: MaxLength(100), Description("How staff made sure who asks."), Example("identity card at the counter")] string IdentifiedBy,
    [property: MaxLength(500), Example("The customer has a new telephone.")] string Reason);
