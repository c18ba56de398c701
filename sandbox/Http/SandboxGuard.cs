namespace Serverless.Sandbox.Http;

/// <summary>Around every request: no web page of another origin may use the sandbox, and every refusal is JSON.</summary>
internal sealed partial class SandboxGuard(RequestDelegate next, ILogger<SandboxGuard> logger)
{
    /// <summary>Asks itself where a form comes from: a page that signs people in is of another site.</summary>
    private const string TokenPath = "/issuer/token";

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (context.Request.Headers["Sec-Fetch-Site"] == "cross-site" && !HttpMethods.IsGet(context.Request.Method) && context.Request.Path != TokenPath)
        {
            await Answers.Refuse(StatusCodes.Status403Forbidden, "cross_site", "A page of another site may not use the sandbox.").ExecuteAsync(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await Answers.Refuse(bad.StatusCode, "invalid_request", bad.Message).ExecuteAsync(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody is left to answer.
        }
        catch (Exception bug) when (!context.Response.HasStarted)
        {
            LogBug(logger, bug, context.Request.Path);
            await Answers.Refuse(StatusCodes.Status500InternalServerError, "sandbox_bug", "The sandbox itself has failed; its log says why.").ExecuteAsync(context);
        }

        if (!context.Response.HasStarted && context.Response.ContentLength is null)
        {
            await ExplainAsync(context);
        }
    }

    public static IResult NotFound() => Answers.Refuse(404, "not_found", "No party answers at this address; see / for those that do.");

    private static Task ExplainAsync(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => NotFound().ExecuteAsync(context),
        StatusCodes.Status405MethodNotAllowed => Answers.Refuse(405, "method_not_allowed", "This address knows other methods; see Allow.").ExecuteAsync(context),
        _ => Task.CompletedTask,
    };

    [LoggerMessage(LogLevel.Error, "Unhandled failure at {Path}")]
    private static partial void LogBug(ILogger logger, Exception failure, string path);
}
