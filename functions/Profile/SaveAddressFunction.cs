using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Profile;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class SaveAddressFunction(ChangeAddress change)
{
    private const string Operation = "address_change";

    [Function("Profile_SaveAddress")]
    [Access(Right.Payment)]
    [Confirmed(Operation)]
    [Summary("Replaces the residence address.")]
    [Body<AddressDto>]
    [Answers<AddressDto>]
    [Refuses<CharacterNotAllowed>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/profile/address")] HttpRequest request) =>
        request.ReadBody<AddressDto>()
            .Confirm(request, body => ConfirmationFacts.Of(Operation, null, body.Street, body.AdministrativeUnit, body.State, body.City, body.PostalCode))
            .Then(body => change.RunAsync(request.Customer(), body.ToAddress(), request.CustomerActor(), request.HttpContext.RequestAborted))
            .Respond(address => TypedResults.Ok(AddressDto.From(address)));
}
