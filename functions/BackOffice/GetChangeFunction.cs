using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Approvals;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class GetChangeFunction(ListChanges changes)
{
    [Function("BackOffice_GetChange")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.Ledger, Role.Auditor])]
    [Summary("One change, and what came of it.")]
    [Answers<ChangeResponse>(200)]
    [Refuses<ChangeNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/changes/{changeId:guid}")] HttpRequest request, Guid changeId) =>
        changes.FindAsync(new ChangeId(changeId), request.HttpContext.RequestAborted).Respond(change => TypedResults.Ok(ChangeResponse.From(change)));
}
