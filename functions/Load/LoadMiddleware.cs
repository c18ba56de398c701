using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Hosting;
using Serverless.Functions.Http;

namespace Serverless.Functions.Load;

/// <summary>Turns away what can wait when there is too much to do, before anything is asked of storage for it; and whatever comes when the app has been told to stop.</summary>
/// <remarks>What has begun is finished. Other triggers pass synchronously, because orchestrations bear no awaiting around them.</remarks>
internal sealed class LoadMiddleware(FunctionCatalogue catalogue, LoadController load, IHostApplicationLifetime lifetime) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        FunctionCatalogue.IsHttp(context.FunctionDefinition) ? RunAsync(context, next) : next(context);

    private async Task RunAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        var refusal = load.Enter(catalogue.Find(context.FunctionDefinition)?.Priority ?? Priority.Order, lifetime.ApplicationStopping.IsCancellationRequested);
        try
        {
            if (refusal is null)
                await next(context);
            else
                context.GetInvocationResult().Value = new ProblemResult(refusal);
        }
        finally
        {
            load.Leave();
        }
    }
}
