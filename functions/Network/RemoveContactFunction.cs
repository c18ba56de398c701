using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Network;
using Serverless.Functions.Http;

namespace Serverless.Functions.Network;

public sealed class RemoveContactFunction(RemoveContact remove)
{
    [Function("Network_RemoveContact")]
    [Access(Right.Payment)]
    [NotConfirmed("Forgetting a contact pays nobody.")]
    [Summary("Takes a contact out of the network.", Details = "Past requests and transfers keep the name; a block of the number stays.")]
    [Answers(204)]
    [Refuses<ContactNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/network/contacts/{id:guid}")] HttpRequest request, Guid id) =>
        remove.RunAsync(request.Customer(), new ContactId(id), request.HttpContext.RequestAborted).Respond(_ => TypedResults.NoContent());
}
