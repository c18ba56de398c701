using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Network;
using Serverless.Functions.Http;

namespace Serverless.Functions.Network;

public sealed class RenameContactFunction(RenameContact rename, IProfilePictures pictures)
{
    [Function("Network_RenameContact")]
    [Access(Right.Payment)]
    [NotConfirmed("A name of the customer's own.")]
    [Summary("Gives a contact another name.")]
    [Body<RenameContactRequest>]
    [Answers<ContactResponse>]
    [Refuses<ContactNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "v1/network/contacts/{id:guid}")] HttpRequest request, Guid id) =>
        request.ReadBody<RenameContactRequest>()
            .Then(body => rename.RunAsync(request.Customer(), new ContactId(id), body.Name, request.HttpContext.RequestAborted))
            .ToResponseAsync(pictures, request.HttpContext.RequestAborted)
            .Respond(TypedResults.Ok);
}

public sealed record RenameContactRequest([property: MaxLength(70), Example("Drita Kola")] string Name);
