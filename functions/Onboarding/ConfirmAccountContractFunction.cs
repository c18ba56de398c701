using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;
using Serverless.Workflows.Onboarding;

namespace Serverless.Functions.Onboarding;

public sealed class ConfirmAccountContractFunction(ConfirmAccountContract operation, StartOnboarding workflow, OnboardingOptions options)
{
    [Function("Onboarding_ConfirmAccountContract")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the confirmation of the account's contract: the customer may sign in.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Body<ContractConfirmationRequest>]
    [Answers<OnboardingResponse>]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    [Refuses<ContractNotConfirmed>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/application/account-contract/confirmation")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        request.ReadBody<ContractConfirmationRequest>()
            .Then(body => operation.RunAsync(request.ApplicationToken(), body.DocumentHash, request.HttpContext.RequestAborted))
            .Then(it => workflow.WakeAsync(client, it.Id, it))
            .Respond(it => TypedResults.Ok(OnboardingResponse.From(it, options)));
}
