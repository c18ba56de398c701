using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class ShowSummaryFunction(ShowSummary show)
{
    [Function("Accounts_ShowSummary")]
    [Access(Right.Info)]
    [Summary("Everything the customer owns and owes: totals per currency, then section by section.",
        Details = "A section whose source does not answer is marked `unavailable`, and counts in no total; the rest of the page stands.")]
    [Answers<SummaryResponse>(200)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/finances/summary")] HttpRequest request) =>
        TypedResults.Ok(SummaryResponse.From(await show.RunAsync(request.Customer(), AcceptLanguage.Of(request), request.HttpContext.RequestAborted)));
}

public sealed record SummaryResponse(
    [property: Description("One amount per currency.")] IReadOnlyList<Money> Totals, IReadOnlyList<SummarySectionResponse> Sections)
{
    public static SummaryResponse From(FinanceSummary summary) => new(
        summary.Totals,
        [.. summary.Sections.Select(section => new SummarySectionResponse(
            section.Name, section.State,
            [.. section.Items.Select(item => new SummaryItemResponse(item.Id, item.Title, item.Number, item.Amount, $"/api/v1/{item.Link}"))]))]);
}

public sealed record SummarySectionResponse(SummarySectionName Name, SummaryState State, IReadOnlyList<SummaryItemResponse> Items);

public sealed record SummaryItemResponse(
    string Id, string Title, string? Number, [property: Description("Negative for what is owed; null for what is offered.")] Money? Amount, string Link);
