using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Network;
using Serverless.Functions.Http;

namespace Serverless.Functions.Network;

public sealed class SetRequestPermissionFunction(SetRequestPermission set, IProfilePictures pictures)
{
    [Function("Network_SetRequestPermission")]
    [Access(Right.Payment)]
    [NotConfirmed("Whoever is asked for money confirms the payment.")]
    [Summary("Allows or blocks money requests of a contact.", Details = "Holds for requests sent afterwards. The contact does not learn of it.")]
    [Body<RequestPermissionRequest>]
    [Answers<ContactResponse>]
    [Refuses<ContactNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/network/contacts/{id:guid}/requests")] HttpRequest request, Guid id) =>
        request.ReadBody<RequestPermissionRequest>()
            .Then(body => set.RunAsync(request.Customer(), new ContactId(id), body.Requests, request.HttpContext.RequestAborted))
            .ToResponseAsync(pictures, request.HttpContext.RequestAborted)
            .Respond(contact => TypedResults.Ok(contact));
}

public sealed record RequestPermissionRequest(RequestPermission Requests);
