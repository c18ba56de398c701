using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Network;
using Serverless.Functions.Http;

namespace Serverless.Functions.Network;

public sealed class AddContactFunction(AddContact add, IProfilePictures pictures)
{
    [Function("Network_AddContact")]
    [Access(Right.Payment)]
    [Idempotent]
    [NotConfirmed("A contact is no payee: whoever pays it confirms the payment.")]
    [Summary("Adds a person to the customer's network.", Details = "The same number is one contact: adding it again answers with the contact there is.")]
    [Body<AddContactRequest>]
    [Answers<ContactResponse>(201)]
    [Refuses<PhoneNumberMalformed>, Refuses<IdempotencyKeyReused>, Refuses<ContactNotFound>, Refuses<OwnContactNumber>, Refuses<TooManyContacts>]
    [Refuses<TooManyRequests>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/network/contacts")] HttpRequest request) =>
        request.ReadBody<AddContactRequest>()
            .Then(body => add.RunAsync(
                new ContactOrder(request.Customer(), request.IdempotencyKey(), request.BodyHash(), body.Name, body.Phone), request.HttpContext.RequestAborted))
            .ToResponseAsync(pictures, request.HttpContext.RequestAborted)
            .Respond(contact => TypedResults.Created($"/api/v1/network/contacts/{contact.Id}", contact));
}

public sealed record AddContactRequest(
    [property: MaxLength(70), Example("Drita Kola")] string Name,
    [property: MaxLength(40), Example("+355691234567"), Description("E.164, or as dialled in Albania.")] string Phone);
