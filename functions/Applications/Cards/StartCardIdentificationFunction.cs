using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Banking.Identification;
using Serverless.Functions.Http;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Applications;

public sealed class StartCardIdentificationFunction(StartCardIdentification start, StartApplication workflow)
{
    [Function("CardApplications_StartIdentification")]
    [Access(Right.Payment)]
    [NotConfirmed("It is itself a proof of who somebody is.")]
    [Summary("Opens the video identification with the chosen document; the same session until it has failed, three at most.")]
    [Body<CardIdentificationBody>]
    [Answers<CardIdentificationResponse>]
    [Refuses<ApplicationNotFound>, Refuses<StepNotPossible>, Refuses<IdentifiedAlready>, Refuses<BranchNeeded>, Refuses<Banking.Partners.VideoIdentificationUnavailable>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/card-applications/{applicationId:guid}/identifications")] HttpRequest request, Guid applicationId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<CardIdentificationBody>()
            .Then(body => start.RunAsync(
                new CardIdentificationWish(request.Customer(), applicationId, body.DocumentType, body.ImprovementConsent, AcceptLanguage.Of(request)), request.HttpContext.RequestAborted))
            .Then(async opened => (await workflow.WakeAsync(client, opened.Application)).Then(_ => opened.Session))
            .Respond(session => TypedResults.Ok(new CardIdentificationResponse(session.Id, session.State, session.CaptureUrl, session.ExpiresAt)));
}

public sealed record CardIdentificationBody(
    DocumentType DocumentType,
    [property: Description("The provider may use the recording to improve its own software; refusing makes no difference.")] bool ImprovementConsent = false);

public sealed record CardIdentificationResponse(
    Guid SessionId, VideoSessionState Status, [property: Description("Where the app goes to be filmed."), Example("https://video-kyc.example.com/capture/1")] string? CaptureUrl, Instant ExpiresAt);
