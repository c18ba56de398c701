using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Partners;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Registrations;

public sealed class IdentifyClientFunction(IdentifyClient identify)
{
    [Function("Registrations_IdentifyClient")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.Begin)]
    [Summary("Says which client registers, and learns the ways to prove it.")]
    [Body<IdentifyClientRequest>]
    [Answers<RegistrationResponse>]
    [Refuses<RegistrationNotFound>, Refuses<RegistrationExpired>, Refuses<StepOutOfOrder>, Refuses<ClientNotFound>, Refuses<AlreadyRegistered>]
    [Refuses<RegistrationLocked>, Refuses<ContractMissing>, Refuses<MobileMissing>, Refuses<CardProcessorUnavailable>, Refuses<NoMethodAvailable>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/registrations/{registrationId:guid}/client")] HttpRequest request, Guid registrationId) =>
        request.ReadBody<IdentifyClientRequest>()
            .Then(body => LoginIdentifier.Parse(body.Identifier, "/identifier"))
            .Then(identifier => identify.RunAsync(new RegistrationId(registrationId), identifier, request.HttpContext.RequestAborted))
            .Respond(registration => TypedResults.Ok(RegistrationResponse.From(registration)));
}

public sealed record IdentifyClientRequest(
    [property: MaxLength(20), Description("Customer number (nine digits) or personal number (letter, eight digits, letter)."), Example("100000001")] string Identifier);
