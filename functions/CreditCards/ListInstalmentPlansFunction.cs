using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.CreditCards;
using Serverless.Banking.Partners;
using Serverless.Functions.Http;

namespace Serverless.Functions.CreditCards;

public sealed class ListInstalmentPlansFunction(FindInstalmentPlans find)
{
    [Function("Instalments_List")]
    [Access(Right.Info)]
    [Summary("The purchases that the customer pays in instalments, newest first; closed ones too.")]
    [Answers<InstalmentPlansResponse>]
    [Refuses<CardProcessorUnavailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/instalment-plans")] HttpRequest request) =>
        find.ListAsync(request.Customer(), request.HttpContext.RequestAborted)
            .Respond(plans => TypedResults.Ok(new InstalmentPlansResponse([.. plans.Select(InstalmentPlanResponse.From)])));
}

public sealed record InstalmentPlansResponse(IReadOnlyList<InstalmentPlanResponse> Items);
