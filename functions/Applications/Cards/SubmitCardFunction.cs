using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Applications;

public sealed class SubmitCardFunction(SubmitApplication submit, StartApplication workflow)
{
    [Function("CardApplications_Submit")]
    [Access(Right.Payment)]
    [NotConfirmed("It asks for credit and gives none; the contract is signed with a qualified signature.")]
    [Summary("Submits an application for a credit card; submitting it twice gives the same answer.", Details = "From then on it does not change. The bank asks the credit registry, and decides at once or lets people decide.")]
    [Body<SubmissionBody>]
    [Answers<ApplicationResponse>]
    [Refuses<ApplicationNotFound>, Refuses<ApplicationNotDraft>, Refuses<ApplicationIncomplete>, Refuses<ApplicationTermsNotAccepted>, Refuses<RegistryConsentMissing>, Refuses<ApplicationBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/card-applications/{applicationId:guid}/submission")] HttpRequest request, Guid applicationId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<SubmissionBody>()
            .Then(body => submit.RunAsync(
                new ApplicationSubmission(request.Customer(), ApplicationProduct.CreditCard, applicationId, body.AcceptedTerms, body.AllowsCreditRegistry),
                request.HttpContext.RequestAborted))
            .Then(submitted => workflow.WakeAsync(client, submitted))
            .Respond(submitted => TypedResults.Ok(ApplicationResponse.From(submitted)));
}
