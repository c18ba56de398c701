using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Functions.Http;

namespace Serverless.Functions.Docs;

public sealed class DocsFunction
{
    /// <summary>Nothing from elsewhere: the script and the document are this app's own.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    [Function("Api_ShowDocs")]
    [Access(Right.Public)]
    [Summary("The reference page of this API.")]
    [Answers(200, ContentType = "text/html")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs")] HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        return TypedResults.Text(Page(request.PathBase + "/api"), "text/html; charset=utf-8");
    }

    private static string Page(string api) => $"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Serverless bank: API reference</title>
          <link rel="icon" href="data:,">
        </head>
        <body>
          <div id="app"></div>
          <noscript>The reference needs JavaScript. The document itself is <a href="{api}/openapi.json">openapi.json</a>.</noscript>
          <script src="{api}/docs/assets/{DocsAssets.ScalarName}"></script>
          <script src="{api}/docs/assets/{DocsAssets.StartName}"></script>
        </body>
        </html>
        """;
}
