using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Serverless.Banking.Desk;
using Serverless.Functions.Authentication;
using Serverless.Functions.Docs;
using Serverless.Functions.Http;

namespace Serverless.Functions.Desk;

public sealed class ShowDeskFunction(IOptions<AuthenticationOptions> authentication, IOptions<DeskOptions> options)
{
    [Function("Desk_Show")]
    [Access(Right.Public)]
    [Summary("The back office's desk, for people; whoever signs in there calls the API as staff.")]
    [Answers(200, ContentType = "text/html")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "desk")] HttpRequest request)
    {
        var issuer = new Uri(authentication.Value.Issuer);
        var headers = request.HttpContext.Response.Headers;

        // Everything from here, but for who signs the staff in.
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
            + $"connect-src 'self' {issuer.GetLeftPart(UriPartial.Authority)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        return TypedResults.Text(Page(request.PathBase + "/api"), "text/html; charset=utf-8");
    }

    private string Page(string api) => $"""
        <!doctype html>
        <html lang="sq" data-api="{Text(api)}" data-issuer="{Text(authentication.Value.Issuer)}" data-client="{Text(options.Value.ClientId)}" data-scope="{Text(options.Value.Scope)}">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>Desk</title>
          <link rel="icon" href="data:,">
          <link rel="stylesheet" href="{Text(api)}/desk/assets/desk.css">
          <script type="module" src="{Text(api)}/desk/assets/desk.js"></script>
        </head>
        <body>
          <div id="app"></div>
          <noscript>The desk needs JavaScript.</noscript>
        </body>
        </html>
        """;

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}

public sealed class GetDeskAssetFunction(DeskPage page)
{
    [Function("Desk_GetAsset")]
    [Access(Right.Public)]
    [Summary("A script or the style of the desk.")]
    [Answers(200, ContentType = "text/javascript")]
    [Refuses<AssetNotFound>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "desk/assets/{name}")] HttpRequest request, string name)
    {
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        return page.Find(name) is { } file ? TypedResults.Text(file.Text, file.ContentType) : new ProblemResult(new AssetNotFound());
    }
}

public sealed class GetDeskWordsFunction(DeskPage page)
{
    [Function("Desk_GetWords")]
    [Access(Right.Public)]
    [Summary("The desk's words in a language, `sq` or `en`: what its codes are called.")]
    [Answers(200, ContentType = "application/json", Meaning = "Words by code.")]
    [Refuses<AssetNotFound>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "desk/words/{language}")] HttpRequest request, string language)
    {
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        return page.Words(language) is { } words ? TypedResults.Text(words, "application/json; charset=utf-8") : new ProblemResult(new AssetNotFound());
    }
}
