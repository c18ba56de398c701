using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Accounts;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class GetStatementFunction(FindStatement find, DownloadLinks links)
{
    [Function("Accounts_GetStatement")]
    [Access(Right.Info)]
    [Summary("Says whether a statement that is made in the background is ready, and gives a new link to it.")]
    [Answers<OrderedStatementResponse>(200)]
    [Refuses<StatementNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/{accountId:guid}/statements/{statementId:guid}")] HttpRequest request,
        Guid accountId, Guid statementId) =>
        find.RunAsync(request.Customer(), new AccountId(accountId), statementId, request.HttpContext.RequestAborted)
            .Respond(ordered => TypedResults.Ok(OrderedStatementResponse.From(ordered, links)));
}
