using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Documents;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class ShowContractFunction(ShowContract operation)
{
    [Function("Onboarding_ShowContract")]
    [Access(Right.Public)]
    [Summary("The contract for banking services, as a PDF; its SHA-256 names it in the confirmation.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Answers(200, ContentType = DocumentFile.Pdf)]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/onboarding/application/contract")] HttpRequest request) =>
        operation.RunAsync(request.ApplicationToken(), request.HttpContext.RequestAborted)
            .Respond(file => TypedResults.File(file.Content, file.ContentType, file.Name));
}
