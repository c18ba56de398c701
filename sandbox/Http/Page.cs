using System.Security.Cryptography;

namespace Serverless.Sandbox.Http;

/// <summary>One page of the sandbox: its frame, its look, and a policy under which only its own style and script run.</summary>
internal static class Page
{
    /// <param name="body">Given the nonce that an inline script of the page needs.</param>
    public static IResult Show(HttpContext context, string title, string here, Func<string, Html> body, int? refreshSeconds = null)
    {
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; "
            + "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Content(Frame(title, here, body(nonce), nonce, refreshSeconds).Markup, "text/html; charset=utf-8");
    }

    private static Html Frame(string title, string here, Html body, string nonce, int? refreshSeconds)
    {
        var refresh = refreshSeconds is { } seconds ? Html.Of($"""<noscript><meta http-equiv="refresh" content="{seconds}"></noscript>""") : Html.Empty;
        return Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title} · Sandbox</title>
            <link rel="icon" href="data:,">
            {refresh}
            <style nonce="{nonce}">{PageStyle.Sheet}</style>
            </head>
            <body>
            <header class="bar"><div class="wrap">
            <a class="brand" href="/">Sandbox<span> of the bank's partners</span></a>
            <nav>{Link("/", "Parties", here)}{Link("/inbox", "Inbox", here)}</nav>
            </div></header>
            <main class="wrap">
            {body}
            </main>
            </body>
            </html>
            """);
    }

    private static Html Link(string target, string label, string here) => target == here
        ? Html.Of($"""<a href="{target}" aria-current="page">{label}</a>""")
        : Html.Of($"""<a href="{target}">{label}</a>""");
}
