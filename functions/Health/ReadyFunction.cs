using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Serverless.Banking.Health;
using Serverless.Functions.Http;

namespace Serverless.Functions.Health;

public sealed class ReadyFunction(CheckReadiness check, IHostApplicationLifetime lifetime)
{
    private const string RetryAfterSeconds = "5";

    [Function("Health_Ready")]
    [Access(Right.Public)]
    [Priority(Priority.Vital)]
    [Summary(
        "Says whether the bank can serve, and which part of it cannot.",
        Details = "Looks at tables, blobs, bus, clock and keys side by side, each in its own time; a result is given again for about a second. An app that is told to stop is not ready any more, and finishes what it has begun.")]
    [Answers<ReadyResponse>(200)]
    [Answers<ReadyResponse>(503, Meaning = "Not now; `Retry-After` in seconds.")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        var answer = lifetime.ApplicationStopping.IsCancellationRequested
            ? new ReadyResponse(ReadyStatus.Stopping, [])
            : ReadyResponse.From(await check.RunAsync().WaitAsync(request.HttpContext.RequestAborted));
        if (answer.Status == ReadyStatus.Ready)
            return TypedResults.Ok(answer);
        headers.RetryAfter = RetryAfterSeconds;
        return TypedResults.Json(answer, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

/// <param name="Checks">In the order of their names; none when the app stops.</param>
public sealed record ReadyResponse(ReadyStatus Status, IReadOnlyList<ReadyCheckResponse> Checks)
{
    internal static ReadyResponse From(Readiness readiness) => new(
        readiness.IsReady ? ReadyStatus.Ready : ReadyStatus.NotReady,
        [.. readiness.Parts.Select(part => new ReadyCheckResponse(part.Name, part.State, (int)part.Took.TotalMilliseconds))]);
}

/// <param name="Name">`blobs`, `bus`, `clock`, `keys` or `tables`.</param>
/// <param name="Milliseconds">How long the look took.</param>
public sealed record ReadyCheckResponse(string Name, PartState State, int Milliseconds);

public enum ReadyStatus
{
    Ready,
    NotReady,

    /// <summary>The app has been told to stop.</summary>
    Stopping,
}
