using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Registrations;

public sealed class CompleteRegistrationFunction(CompleteRegistration complete)
{
    [Function("Registrations_Complete")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the client's password: the client may sign in from now on.", Details = "8 to 16 letters A to Z and digits, both of them, a capital and a small letter; no three digits that are the same or follow each other; not the date of birth. Every broken rule is listed. The same step again with the same password has the same answer.")]
    [Body<NewPasswordRequest>]
    [Answers<RegisteredResponse>]
    [Refuses<RegistrationNotFound>, Refuses<RegistrationExpired>, Refuses<StepOutOfOrder>, Refuses<LoginBusy>, Refuses<AlreadyRegistered>, Refuses<CodeUsed>, Refuses<CodeExpired>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/registrations/{registrationId:guid}/password")] HttpRequest request, Guid registrationId) =>
        request.ReadBody<NewPasswordRequest>()
            .Then(body => complete.RunAsync(new RegistrationId(registrationId), body.Password, "/password", request.HttpContext.RequestAborted))
            .Respond(user => TypedResults.Ok(new RegisteredResponse(user.Customer.Value, RegistrationStep.Login)));
}

public sealed record NewPasswordRequest([property: MaxLength(128), Example("Vera2026x")] string Password)
{
    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(NewPasswordRequest);
}

/// <param name="UserId">The customer number: what the user signs in with.</param>
public sealed record RegisteredResponse(string UserId, RegistrationStep Next);
