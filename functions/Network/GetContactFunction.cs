using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Network;
using Serverless.Functions.Http;

namespace Serverless.Functions.Network;

public sealed class GetContactFunction(FindContact find, IProfilePictures pictures)
{
    [Function("Network_GetContact")]
    [Access(Right.Info)]
    [Summary("One contact of the customer.")]
    [Answers<ContactResponse>]
    [Refuses<ContactNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/network/contacts/{id:guid}")] HttpRequest request, Guid id) =>
        find.RunAsync(request.Customer(), new ContactId(id), request.HttpContext.RequestAborted)
            .ToResponseAsync(pictures, request.HttpContext.RequestAborted)
            .Respond(contact => TypedResults.Ok(contact));
}
