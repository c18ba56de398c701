using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Insurance;
using Serverless.Functions.Documents;
using Serverless.Functions.Http;

namespace Serverless.Functions.Insurance;

public sealed class GetPolicyDocumentFunction(LinkPolicyDocument link)
{
    [Function("Insurance_GetPolicyDocument")]
    [Access(Right.Info)]
    [Summary("A link to the copy of a policy: the insurer's PDF, good for 15 minutes without a login.")]
    [Answers<DownloadResponse>]
    [Refuses<PolicyNotFound>, Refuses<PolicyDocumentMissing>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/insurance/policies/{policyId:guid}/document")] HttpRequest request, Guid policyId) =>
        link.RunAsync(request.Customer(), policyId, AcceptLanguage.Of(request), request.HttpContext.RequestAborted)
            .Respond(made => TypedResults.Ok(DownloadResponse.From(made)));
}
