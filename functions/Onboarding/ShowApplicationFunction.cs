using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class ShowApplicationFunction(ShowApplication show, OnboardingOptions options)
{
    [Function("Onboarding_ShowApplication")]
    [Access(Right.Public)]
    [Summary("Where an application stands: what has happened, what is awaited, from whom, until when.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Answers<OnboardingResponse>]
    [Refuses<ApplicationTokenInvalid>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/onboarding/application")] HttpRequest request) =>
        show.RunAsync(request.ApplicationToken(), request.HttpContext.RequestAborted).Respond(it => TypedResults.Ok(OnboardingResponse.From(it, options)));
}
