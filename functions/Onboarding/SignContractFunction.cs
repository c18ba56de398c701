using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Registrations;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;
using Serverless.Workflows.Onboarding;

namespace Serverless.Functions.Onboarding;

public sealed class SignContractFunction(SignContract operation, StartOnboarding workflow, OnboardingOptions options)
{
    [Function("Onboarding_SignContract")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the code that signs the contract; customer number and account come with the answer.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Body<CodeRequest>]
    [Answers<OnboardingResponse>]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    [Refuses<ContractNotConfirmed>, Refuses<ChallengeCancelled>, Refuses<OtpExpired>, Refuses<OtpWrong>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/application/contract/signature")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        request.ReadBody<CodeRequest>()
            .Then(body => operation.RunAsync(request.ApplicationToken(), body.Code, request.HttpContext.RequestAborted))
            .Then(it => workflow.WakeAsync(client, it.Id, it))
            .Respond(it => TypedResults.Ok(OnboardingResponse.From(it, options)));
}
