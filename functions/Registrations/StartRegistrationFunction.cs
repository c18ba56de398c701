using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Registrations;

public sealed class StartRegistrationFunction(StartRegistration start)
{
    [Function("Registrations_Start")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.Begin)]
    [Summary("Begins a registration by one of its two paths.")]
    [Body<StartRegistrationRequest>]
    [Answers<RegistrationResponse>(201)]
    [Refuses<RegistrationTermsNotAccepted>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/registrations")] HttpRequest request) =>
        request.ReadBody<StartRegistrationRequest>()
            .Then(body => start.RunAsync(body.Path, body.TermsAccepted, request.HttpContext.RequestAborted))
            .Respond(registration => TypedResults.Created((string?)null, RegistrationResponse.From(registration)));
}

public sealed record StartRegistrationRequest(
    [property: Description("existing_client: I am a client of the bank. new_client: I want to become one.")] RegistrationPath Path,
    [property: Description("The terms of use, which are shown before.")] bool TermsAccepted);

/// <param name="Next">The step that is due.</param>
/// <param name="Methods">The ways to prove who registers; empty before the client is identified.</param>
/// <param name="ExpiresAt">Until then all steps must be done.</param>
public sealed record RegistrationResponse(RegistrationId RegistrationId, RegistrationStep Next, IReadOnlyList<RegistrationMethod> Methods, Instant ExpiresAt)
{
    public static RegistrationResponse From(Registration registration) => new(registration.Id, registration.Next, registration.Methods, registration.ExpiresAt);
}
