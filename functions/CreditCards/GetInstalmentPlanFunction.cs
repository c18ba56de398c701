using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.CreditCards;
using Serverless.Banking.Partners;
using Serverless.Functions.Http;

namespace Serverless.Functions.CreditCards;

public sealed class GetInstalmentPlanFunction(FindInstalmentPlans find)
{
    [Function("Instalments_Get")]
    [Access(Right.Info)]
    [Summary("A split purchase with its instalments.")]
    [Answers<InstalmentPlanResponse>]
    [Refuses<InstalmentPlanNotFound>, Refuses<CardProcessorUnavailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/instalment-plans/{planId:guid}")] HttpRequest request, Guid planId) =>
        find.RunAsync(request.Customer(), planId, request.HttpContext.RequestAborted).Respond(plan => TypedResults.Ok(InstalmentPlanResponse.From(plan)));
}
