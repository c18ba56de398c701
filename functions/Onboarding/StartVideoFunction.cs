using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Identification;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Partners;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;
using Serverless.Workflows.Onboarding;

namespace Serverless.Functions.Onboarding;

public sealed class StartVideoFunction(StartVideo operation, StartOnboarding workflow)
{
    [Function("Onboarding_StartVideo")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Begins a video session; while one is under way, that one is answered.",
        Details = "The app opens the address: front of the document, its back, then the face, which looks into the camera and smiles. At most three sessions of an application.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Body<OnboardingVideoRequest>]
    [Answers<OnboardingVideoResponse>(201)]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    [Refuses<IdentificationExhausted>, Refuses<VideoIdentificationUnavailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/application/video-sessions")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        request.ReadBody<OnboardingVideoRequest>()
            .Then(body => operation.RunAsync(request.ApplicationToken(), body.DocumentType, body.ProviderDataUseConsent, request.HttpContext.RequestAborted))
            .Then(started => workflow.WakeAsync(client, started.Application.Id, started))
            .Respond(started => TypedResults.Created("/api/public/v1/onboarding/application", OnboardingVideoResponse.From(started)));
}

public sealed record OnboardingVideoRequest(
    DocumentType DocumentType,
    [property: Description("The provider may use the data to improve its product; refusing changes nothing.")] bool ProviderDataUseConsent = false);

/// <param name="CaptureUrl">Where the applicant is filmed.</param>
public sealed record OnboardingVideoResponse(Guid SessionId, string? CaptureUrl, Instant ExpiresAt, IReadOnlyList<string> Sequence)
{
    private static readonly string[] Steps = ["document_front", "document_back", "face_smiling"];

    internal static OnboardingVideoResponse From(VideoStarted started) => new(started.Session.Id, started.Session.CaptureUrl, started.Session.ExpiresAt, Steps);
}
