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
