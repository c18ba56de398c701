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

public sealed class BlockChannelFunction(BlockChannel block)
{
    [Function("Channels_Block")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.ContactCentre])]
    [Summary("Blocks a customer's mobile channel.",
        Details = "The app's sessions end at once; trusted devices, Soft PINs, biometrics and push addresses are removed. Blocking twice gives the same answer. "
            + "An emergency (loss, suspicion of fraud) is told by SMS and e-mail.")]
    [Body<BlockChannelRequest>]
    [Answers<ChannelResponse>]
    [Refuses<CustomerNumberMalformed>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/customers/{customerNumber}/channel/blocking")] HttpRequest request, string customerNumber) =>
        request.ReadBody<BlockChannelRequest>()
            .Then(body => CustomerNumbers.Read(customerNumber).Then(customer => body.ToBlocking(customer, request)))
            .Then(async blocking => (Result<CustomerChannel>)await block.RunAsync(blocking, request.HttpContext.RequestAborted))
            .Respond(channel => TypedResults.Ok(ChannelResponse.From(channel)));
}

public sealed record BlockChannelRequest(
    [property: MaxLength(100), Description("Who asked for it."), Example("the customer, by telephone")] string AskedBy,
    [property: MaxLength(100), Description("How staff made sure."), Example("identity card, three questions")] string IdentifiedBy,
    [property: MaxLength(500), Example("The telephone was stolen.")] string Reason,
    [property: Description("For loss or suspicion of fraud.")] bool Emergency = false)
{
    internal ChannelBlocking ToBlocking(CustomerId customer, HttpRequest request) =>
        new(customer, AskedBy, IdentifiedBy, Reason, Emergency, request.Staff().Id, request.StaffActor().Origin);
}
