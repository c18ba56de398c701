using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Credentials;

public sealed class IssueUniqueCodeFunction(IssueUniqueCode issue)
{
    [Function("Credentials_IssueUniqueCode")]
    [Access(Right.Staff, Roles = [Role.Branch])]
    [Summary("Gives a client at the counter a unique code.", Details = "For registration, a forgotten password or a change of password without a card. It cancels the former one; it is shown now and never again.")]
    [Body<UniqueCodeRequest>, Idempotent]
    [Answers<UniqueCodeResponse>(201)]
    [Refuses<CustomerNumberMalformed>, Refuses<ClientNotPresent>, Refuses<ClientNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/customers/{customerNumber}/unique-codes")] HttpRequest request, string customerNumber) =>
        request.ReadBody<UniqueCodeRequest>()
            .Then(body => body.ToOrder(customerNumber, request.IdempotencyKey()))
            .Then(order => issue.RunAsync(order, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(code => TypedResults.Created((string?)null, new UniqueCodeResponse(code.Code, code.ExpiresAt)));
}

public sealed record UniqueCodeRequest(
    [property: Pattern("[A-Z0-9-]{2,20}"), Description("The branch's code."), Example("TIA-01")] string Branch,
    [property: Description("The officer confirms that the client stands at the counter and has shown who he is.")] bool ClientPresent)
{
    internal Result<UniqueCodeOrder> ToOrder(string customerNumber, IdempotencyKey key) => CustomerId.Find(customerNumber) is { } customer
        ? new UniqueCodeOrder(key.Value, customer, Branch, ClientPresent)
        : new CustomerNumberMalformed("customerNumber");
}

public sealed record UniqueCodeResponse([property: Example("K7RW2MXQ")] string UniqueCode, Instant ExpiresAt)
{
    /// <summary>Without the code.</summary>
    public override string ToString() => nameof(UniqueCodeResponse);
}
