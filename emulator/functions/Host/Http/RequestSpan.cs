using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Serverless.Emulator.Hosting;

/// <summary>What Azure's host tells of a request in its span: method, route, status, by OpenTelemetry's conventions.</summary>
internal readonly struct RequestSpan : IDisposable
{
    private readonly HttpContext http;
    private readonly Activity? span;

    public RequestSpan(HttpContext http, string route)
    {
        this.http = http;
        if (Activity.Current is not { IsAllDataRequested: true, Source.Name: "Microsoft.AspNetCore" } current)
            return;
        span = current;
        span.DisplayName = $"{http.Request.Method} /{route}";
        span.SetTag("http.request.method", http.Request.Method).SetTag("http.route", $"/{route}").SetTag("url.path", http.Request.Path.Value)
            .SetTag("url.query", http.Request.QueryString.Value).SetTag("url.scheme", http.Request.Scheme).SetTag("user_agent.original", http.Request.Headers.UserAgent.ToString());
    }

    public void Dispose() => span?.SetTag("http.response.status_code", http.Response.StatusCode);
}
