using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Functions.Http;

namespace Serverless.Functions.Help;

public sealed class ListPagesFunction(HelpPages pages)
{
    [Function("Help_ListPages")]
    [Access(Right.Public)]
    [Summary("Lists eKlik's pages of fixed content with the dates of their texts: help, questions and answers, cookie notice.")]
    [Answers<HelpPagesResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/eklik/pages")] HttpRequest request) =>
        TypedResults.Ok(new HelpPagesResponse([.. pages.In(AcceptLanguage.Of(request)).Select(page => new HelpPageName(page.Name, page.Title, page.Date))]));
}

public sealed record HelpPagesResponse(IReadOnlyList<HelpPageName> Items);

public sealed record HelpPageName([property: Example("pay-bills")] string Name, string Title, [property: Description("Of the text.")] LocalDate Date);

public sealed class GetPageFunction(HelpPages pages)
{
    [Function("Help_GetPage")]
    [Access(Right.Public)]
    [Summary("A page of fixed content: `help`, `pay-bills`, `pay-taxes`, `pay-customs`, `questions`, `cookie-notice`.",
        Details = "In the language of `Accept-Language`, with an `ETag`: ask again with `If-None-Match` and a page that has not changed is answered by 304.")]
    [Header("If-None-Match", "The `ETag` of an earlier answer.")]
    [Answers<HelpPageResponse>, Answers(304)]
    [Refuses<PageNotFound>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/eklik/pages/{pageName}")] HttpRequest request, string pageName)
    {
        if (pages.Find(pageName, AcceptLanguage.Of(request)) is not var (page, tag))
            return new ProblemResult(new PageNotFound());
        var headers = request.HttpContext.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = "public, max-age=3600";
        headers.Vary = "Accept-Language";
        return request.Headers.IfNoneMatch.Any(known => known == tag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(page);
    }
}
