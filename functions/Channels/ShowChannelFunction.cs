using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Channels;
using Serverless.Banking.Customers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Channels;

public sealed class ShowChannelFunction(FindChannel find, IEnumerable<IRunningOrders> running)
{
    [Function("Channels_Show")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.ContactCentre])]
    [Summary("Shows the state of a customer's mobile channel, its history, and the orders that go on while it is blocked.")]
    [Answers<ChannelOverviewResponse>]
    [Refuses<CustomerNumberMalformed>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/customers/{customerNumber}/channel")] HttpRequest request, string customerNumber) =>
        CustomerNumbers.Read(customerNumber).Then(customer => ShowAsync(customer, request.HttpContext.RequestAborted)).Respond(channel => TypedResults.Ok(channel));

    private async Task<Result<ChannelOverviewResponse>> ShowAsync(CustomerId customer, CancellationToken cancellation)
    {
        var orders = await Task.WhenAll(running.Select(source => source.RunAsync(customer, cancellation)));
        return ChannelOverviewResponse.From(await find.RunAsync(customer, cancellation), orders.SelectMany(some => some));
    }
}
