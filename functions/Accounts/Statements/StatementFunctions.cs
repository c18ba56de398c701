using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Functions.Documents;
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

public sealed class OrderStatementFunction(OrderStatement order, DownloadLinks links)
{
    [Function("Accounts_OrderStatement")]
    [Access(Right.Info)]
    [Summary("Makes the statement of a period as a file, to save or to share.",
        Details = "201: the link can be used for 15 minutes. 202: a statement of more than 5,000 operations is made in the background; a push tells when it is ready.")]
    [Body<OrderStatementRequest>]
    [Answers<OrderedStatementResponse>(201), Answers<OrderedStatementResponse>(202)]
    [Refuses<AccountNotFound>, Refuses<EndBeforeStart>, Refuses<DateInFuture>, Refuses<RangeTooLong>, Refuses<StartBeforeOpening>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/accounts/{accountId:guid}/statements")] HttpRequest request, Guid accountId) =>
        request.ReadBody<OrderStatementRequest>()
            .Then(body => order.RunAsync(body.ToOrder(request, accountId), request.HttpContext.RequestAborted))
            .Respond(ordered => ordered.Document is not null
                ? (IResult)TypedResults.Created((string?)null, OrderedStatementResponse.From(ordered, links))
                : TypedResults.Accepted($"/api/v1/accounts/{accountId}/statements/{ordered.JobId}", OrderedStatementResponse.From(ordered, links)));
}

public sealed record OrderStatementRequest(
    LocalDate StartDate, LocalDate EndDate, [property: Description("pdf, csv, camt053 (ISO 20022) or mt940 (SWIFT).")] StatementFormat Format = StatementFormat.Pdf)
{
    public StatementOrder ToOrder(HttpRequest request, Guid accountId) =>
        new(request.Customer(), new AccountId(accountId), StartDate, EndDate, Format, AcceptLanguage.Of(request));
}

public sealed record OrderedStatementResponse(
    [property: Description("Of a statement that is made in the background.")] Guid? StatementId, string Number, StatementFormat Format, LocalDate StartDate,
    LocalDate EndDate, AmountDto OpeningBalance, AmountDto ClosingBalance, long Lines, bool IsReady,
    [property: Description("Null until it is ready.")] DownloadResponse? Download)
{
    public static OrderedStatementResponse From(OrderedStatement ordered, DownloadLinks links)
    {
        var reference = ordered.Reference;
        return new OrderedStatementResponse(
            ordered.JobId, reference.Number, reference.Format, reference.Start, reference.End, AmountDto.From(ordered.Opening), AmountDto.From(ordered.Closing),
            reference.Span.Count, ordered.Document is not null, ordered.Document is { } document ? DownloadResponse.From(links.Create(document)) : null);
    }
}

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

public sealed class EmailStatementFunction(EmailStatement email)
{
    [Function("Accounts_EmailStatement")]
    [Access(Right.Info)]
    [Idempotent]
    [Summary("Sends the statement of a period to the customer's registered e-mail address.")]
    [Body<OrderStatementRequest>]
    [Answers<EmailedStatementResponse>(202)]
    [Refuses<AccountNotFound>, Refuses<EndBeforeStart>, Refuses<DateInFuture>, Refuses<RangeTooLong>, Refuses<StartBeforeOpening>]
    [Refuses<EmailMissing>, Refuses<IdempotencyKeyReused>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/accounts/{accountId:guid}/statements/emails")] HttpRequest request, Guid accountId) =>
        request.ReadBody<OrderStatementRequest>()
            .Then(body => email.RunAsync(
                new StatementMail(body.ToOrder(request, accountId), request.IdempotencyKey(), request.BodyHash()), request.HttpContext.RequestAborted))
            .Respond(reference => TypedResults.Accepted(
                (string?)null, new EmailedStatementResponse(reference.Number, reference.Format, reference.Start, reference.End)));
}

public sealed record EmailedStatementResponse(string Number, StatementFormat Format, LocalDate StartDate, LocalDate EndDate);
