using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Applications;

public sealed class SubmitOverdraftFunction(SubmitApplication submit, StartApplication workflow)
{
    [Function("Overdrafts_Submit")]
    [Access(Right.Payment)]
    [NotConfirmed("It asks for credit and gives none; what is approved stands on the customer's own account.")]
    [Summary("Submits an application for an overdraft; submitting it twice gives the same answer.", Details = "From then on it does not change. The bank asks the credit registry, and decides at once or lets people decide.")]
    [Body<SubmissionBody>]
    [Answers<ApplicationResponse>]
    [Refuses<ApplicationNotFound>, Refuses<ApplicationNotDraft>, Refuses<ApplicationIncomplete>, Refuses<ApplicationTermsNotAccepted>, Refuses<RegistryConsentMissing>]
    [Refuses<NotAnIndividual>, Refuses<NoSalaryAtBank>, Refuses<JobTooRecent>, Refuses<LimitNotSuggested>, Refuses<ApplicationBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/overdraft-applications/{applicationId:guid}/submission")] HttpRequest request, Guid applicationId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<SubmissionBody>()
            .Then(body => submit.RunAsync(
                new ApplicationSubmission(request.Customer(), ApplicationProduct.Overdraft, applicationId, body.AcceptedTerms, body.AllowsCreditRegistry),
                request.HttpContext.RequestAborted))
            .Then(submitted => workflow.WakeAsync(client, submitted))
            .Respond(submitted => TypedResults.Ok(ApplicationResponse.From(submitted)));
}

public sealed record SubmissionBody(
    [property: MaxLength(20), Description("Version of the terms that was read and is accepted."), Example("2026-01")] string? AcceptedTerms = null,
    [property: Description("The applicant lets the bank ask the credit registry."), Example("true")] bool AllowsCreditRegistry = false);
