using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serverless.Banking;
using Serverless.Banking.Customers;

namespace Serverless.Functions.Http;

/// <summary>Answers an error as a problem document (RFC 9457) in the caller's language.</summary>
internal sealed class ProblemResult(Error error) : IResult, IStatusCodeHttpResult
{
    public const string ContentType = "application/problem+json";

    public Error Error { get; } = error;

    public int? StatusCode => Problems.StatusOf(Error);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ReportUndeclared(httpContext);
        var language = AcceptLanguage.Of(httpContext.Request);
        var response = httpContext.Response;
        response.StatusCode = Problems.StatusOf(Error);
        response.ContentType = ContentType;
        response.Headers.ContentLanguage = language.Code();
        response.Headers.CacheControl = "no-store";
        foreach (var (name, value) in Problems.HeadersOf(Error))
            response.Headers[name] = value;
        var body = JsonSerializer.SerializeToUtf8Bytes(Problems.Document(Error, httpContext, language), ApiJson.Options);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    /// <summary>The caller gets the true answer either way; that the document does not know it is for the developers.</summary>
    private void ReportUndeclared(HttpContext http)
    {
        if (Error is not Invalid && Call.Find(http)?.Declaration is { IsDocumented: true } declaration && !declaration.AllRefusals().Contains(Error.GetType()))
        {
            http.RequestServices.GetRequiredService<ILogger<ProblemResult>>()
                .LogError("{Function} answers {Code}, which it does not declare with [Refuses].", declaration.Name, Error.Code);
        }
    }
}
