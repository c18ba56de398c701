using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Customers;
using Serverless.Banking.EKlik;
using Serverless.Functions.Channels;
using Serverless.Functions.Http;

namespace Serverless.Functions.EKlik;

public sealed class ListUsersFunction(ListEKlikUsers list)
{
    [Function("EKlik_ListUsers")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.ContactCentre])]
    [Summary("Lists a customer's users of eKlik.")]
    [Answers<EKlikUsersResponse>]
    [Refuses<CustomerNumberMalformed>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/customers/{customerNumber}/eklik-users")] HttpRequest request, string customerNumber) =>
        await CustomerNumbers.Read(customerNumber)
            .Then(async customer => (Result<IReadOnlyList<EKlikUser>>)new List<EKlikUser>(await list.RunAsync(customer, request.HttpContext.RequestAborted)))
            .Respond(users => TypedResults.Ok(new EKlikUsersResponse([.. users.Select(EKlikUserResponse.From)])));
}

/// <param name="Users">By name.</param>
public sealed record EKlikUsersResponse(IReadOnlyList<EKlikUserResponse> Users);
