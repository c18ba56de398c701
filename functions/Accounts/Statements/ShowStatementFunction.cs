using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class ShowStatementFunction(ShowStatement show)
{
    [Function("Accounts_ShowStatement")]
    [Access(Right.Info)]
    [Summary("Shows the statement of a period: opening and closing balance, and the operations, newest first.")]
    [Query<PeriodQuery>, Paged]
    [Answers<StatementResponse>(200)]
    [Refuses<AccountNotFound>, Refuses<EndBeforeStart>, Refuses<DateInFuture>, Refuses<RangeTooLong>, Refuses<StartBeforeOpening>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/{accountId:guid}/statement")] HttpRequest request, Guid accountId) =>
        show.RunAsync(
                request.Customer(), new AccountId(accountId), request.Query<PeriodQuery>().StartDate, request.Query<PeriodQuery>().EndDate, request.Page(),
                request.HttpContext.RequestAborted)
            .Respond(statement => TypedResults.Ok(new StatementResponse(
                statement.Span.Start, statement.Span.End, AmountDto.From(statement.Opening), AmountDto.From(statement.Closing), statement.Lines,
                [.. statement.Page.Items.Select(EntryResponse.From)], Cursors.Of(request).Seal(statement.Page.Next))));
}

public sealed record PeriodQuery(
    [property: Description("First day; not before the account's opening.")] LocalDate StartDate,
    [property: Description("Last day; today at the latest, and at most twelve months in all.")] LocalDate EndDate);

public sealed record StatementResponse(
    LocalDate StartDate, LocalDate EndDate, AmountDto OpeningBalance, AmountDto ClosingBalance,
    [property: Description("Operations in the period.")] long Lines, IReadOnlyList<EntryResponse> Items, string? NextCursor);
