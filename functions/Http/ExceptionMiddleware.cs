using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>Turns what a function throws into a problem document. Expected failures never come here: they are results.</summary>
/// <remarks>Other triggers pass untouched: their exceptions are the host's retries, and orchestrations bear no awaiting around them.</remarks>
internal sealed class ExceptionMiddleware(ILogger<ExceptionMiddleware> log) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        FunctionCatalogue.IsHttp(context.FunctionDefinition) ? RunAsync(context, next) : next(context);

    private async Task RunAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext() ?? throw new InvalidOperationException("ConfigureFunctionsWebApplication() must come first.");
        try
        {
            await next(context);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer, and what the caller's going away broke says nothing about the bank.
            context.GetInvocationResult().Value = Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
        catch (Exception e)
        {
            context.GetInvocationResult().Value = new ProblemResult(Explain(e, context, http));
        }
    }

    private Error Explain(Exception e, FunctionContext context, HttpContext http)
    {
        switch (Outages.Of(e))
        {
            case MalformedRequest fault:
                return fault;
            case { } outage:
                log.LogWarning(e, "{Function} answers {Code}, trace {TraceId}.", context.FunctionDefinition.Name, outage.Code, Trace.IdOf(http));
                return outage;
            default:
                log.LogError(e, "{Function} failed, trace {TraceId}.", context.FunctionDefinition.Name, Trace.IdOf(http));
                return new InternalError();
        }
    }
}
