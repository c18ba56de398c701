using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;
using Serverless.Workflows.Onboarding;

namespace Serverless.Functions.Onboarding;

public sealed class EnterApplicationFunction(EnterApplication enter, StartOnboarding workflow, OnboardingOptions options)
{
    [Function("Onboarding_Enter")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the code of an e-mail address: opens an application, or goes on with the one there is.",
        Details = "The answer has the token for the further steps; it ends the tokens of other devices.")]
    [Body<EnterApplicationRequest>]
    [Answers<EnteredApplicationResponse>(201), Answers<EnteredApplicationResponse>]
    [Refuses<EmailChallengeInvalid>, Refuses<RegistrationLocked>, Refuses<ChallengeCancelled>, Refuses<OtpExpired>, Refuses<OtpWrong>, Refuses<UserLocked>]
    [Refuses<AlreadyClient>, Refuses<ApplicationExists>, Refuses<OnboardingNotFound>, Refuses<StepOutOfOrder>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/applications")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        request.ReadBody<EnterApplicationRequest>()
            .Then(body => enter.RunAsync(body.Challenge, body.Code, InstallationId.Of(body.InstallationId), request.HttpContext.RequestAborted))
            .Then(entered => workflow.OfAsync(client, entered))
            .Respond(entered => entered.IsNew
                ? TypedResults.Created("/api/public/v1/onboarding/application", EnteredApplicationResponse.From(entered, options))
                : (IResult)TypedResults.Ok(EnteredApplicationResponse.From(entered, options)));
}

public sealed record EnterApplicationRequest(
    [property: MaxLength(2000), Description("As the code's sending gave it.")] string Challenge,
    [property: Pattern("[0-9]{6}"), Example("048213")] string Code,
    [property: Pattern(Banking.Devices.InstallationId.Pattern), Description("Of the app; kept with consents and signatures."), Example("3f1c2a9e-7b8d-4c5e-9f10-2a3b4c5d6e7f")] string InstallationId);

/// <param name="ApplicationToken">For the header of the further steps.</param>
public sealed record EnteredApplicationResponse(string ApplicationToken, Instant TokenExpiresAt, OnboardingResponse Application)
{
    internal static EnteredApplicationResponse From(EnteredApplication entered, OnboardingOptions options) =>
        new(entered.Token.Text, entered.Token.ExpiresAt, OnboardingResponse.From(entered.Application, options));
}
