using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Registrations;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class ConfirmContractFunction(ConfirmContract operation)
{
    [Function("Onboarding_ConfirmContract")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the confirmation of the contract and sends the code that signs it; the same again sends another.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Body<ContractConfirmationRequest>]
    [Answers<SentCodeResponse>]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    [Refuses<ContractNotConfirmed>, Refuses<ChallengeCancelled>, Refuses<MobileMissing>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/application/contract/confirmation")] HttpRequest request) =>
        request.ReadBody<ContractConfirmationRequest>()
            .Then(body => operation.RunAsync(request.ApplicationToken(), body.DocumentHash, request.HttpContext.RequestAborted))
            .Respond(sent => TypedResults.Ok(SentCodeResponse.From(sent)));
}

public sealed record ContractConfirmationRequest([property: Pattern("[0-9a-f]{64}"), Description("SHA-256 of the PDF that was shown."), Example("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")] string DocumentHash);
