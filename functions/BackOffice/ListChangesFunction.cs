using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Approvals;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class ListChangesFunction(ListChanges list)
{
    [Function("BackOffice_ListChanges")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.Ledger, Role.Auditor])]
    [Summary("Lists the changes that need two people, newest first.")]
    [Query<ChangesQuery>, Paged]
    [Answers<PageResponse<ChangeResponse>>(200)]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/changes")] HttpRequest request) =>
        list.RunAsync(request.Query<ChangesQuery>().Open, request.Page(), request.HttpContext.RequestAborted).RespondPage(request, ChangeResponse.From);
}

public sealed record ChangesQuery([Description("Only those that wait for a decision or are being carried out.")] bool Open = false);
