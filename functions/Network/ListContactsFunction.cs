using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Network;
using Serverless.Functions.Http;

namespace Serverless.Functions.Network;

public sealed class ListContactsFunction(ListContacts list, IProfilePictures pictures)
{
    [Function("Network_ListContacts")]
    [Access(Right.Info)]
    [Summary("The customer's contacts, by name.")]
    [Answers<ContactsResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/network/contacts")] HttpRequest request)
    {
        var all = await list.RunAsync(request.Customer(), request.HttpContext.RequestAborted);
        return TypedResults.Ok(new ContactsResponse(await all.ToResponsesAsync(pictures, request.HttpContext.RequestAborted)));
    }
}

public sealed record ContactsResponse(IReadOnlyList<ContactResponse> Items);
