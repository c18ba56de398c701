using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Turnovers;
using Serverless.Functions.Accounts;
using Serverless.Functions.Http;

namespace Serverless.Functions.Turnovers;

public sealed class ShowTurnoverFunction(ShowTurnover show)
{
    [Function("Turnovers_ShowAccount")]
    [Access(Right.Info)]
    [Summary("Shows the turnover of an account for a period: what was added and taken in all, and the operations, newest first.",
        Details = "An operation that was ordered has the payment's unique number: `GET /api/v1/payments/{number}/details` exports it.")]
    [Query<PeriodQuery>, Paged]
    [Answers<TurnoverResponse>(200)]
    [Refuses<AccountNotFound>, Refuses<EndBeforeStart>, Refuses<DateInFuture>, Refuses<RangeTooLong>, Refuses<StartBeforeOpening>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/{accountId:guid}/turnover")] HttpRequest request, Guid accountId) =>
        show.RunAsync(
                request.Customer(), new AccountId(accountId), request.Query<PeriodQuery>().StartDate, request.Query<PeriodQuery>().EndDate, request.Page(),
                request.HttpContext.RequestAborted)
            .Respond(turnover => TypedResults.Ok(new TurnoverResponse(
                turnover.Span.Start, turnover.Span.End, AmountDto.From(turnover.Opening), AmountDto.From(turnover.Closing), AmountDto.From(turnover.Credits),
                AmountDto.From(turnover.Debits), turnover.Span.Count, [.. turnover.Entries.Items.Select(TurnoverLineResponse.From)],
                Cursors.Of(request).Seal(turnover.Entries.Next))));
}

public sealed record TurnoverResponse(
    LocalDate StartDate, LocalDate EndDate, AmountDto OpeningBalance, AmountDto ClosingBalance,
    [property: Description("The sum of what was added.")] AmountDto Credits,
    [property: Description("The sum of what was taken; zero or negative.")] AmountDto Debits,
    [property: Description("Operations in the period.")] long Lines, IReadOnlyList<TurnoverLineResponse> Items, string? NextCursor);

public sealed record TurnoverLineResponse(
    [property: Description("Unique number of the payment that was ordered; null for what the customer did not order.")] Guid? PaymentNumber, EntryResponse Entry)
{
    public static TurnoverLineResponse From(Entry entry) => new(
        !entry.Amount.IsPositive && OrderedPayment.IsKind(entry.Kind) && Guid.TryParseExact(entry.Reference, "N", out var number) ? number : null,
        EntryResponse.From(entry));
}
