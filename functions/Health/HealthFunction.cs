using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Storage;
using Serverless.Functions.Http;

namespace Serverless.Functions.Health;

public sealed class HealthFunction(BankTables tables)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    [Function("Health_Get")]
    [Access(Right.Public)]
    [Priority(Priority.Vital)]
    [Summary("Says whether the bank can serve: the app runs and reaches its records.")]
    [Answers<HealthResponse>(200)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/health")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return (await ProbeAsync(request.HttpContext.RequestAborted)).Respond(status => TypedResults.Ok(new HealthResponse(status)));
    }

    /// <returns>Or <see cref="StorageUnavailable"/>.</returns>
    private async Task<Result<HealthStatus>> ProbeAsync(CancellationToken aborted)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        deadline.CancelAfter(Deadline);
        try
        {
            await tables.ProbeAsync(deadline.Token);
            return HealthStatus.Ready;
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException || (e is OperationCanceledException && !aborted.IsCancellationRequested))
        {
            return new StorageUnavailable();
        }
    }
}

public sealed record HealthResponse(HealthStatus Status);

/// <summary>What is not ready answers a problem document instead.</summary>
public enum HealthStatus
{
    Ready,
}
