using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Functions.Http;

namespace Serverless.Functions.Health;

public sealed class LiveFunction
{
    [Function("Health_Live")]
    [Access(Right.Public)]
    [Priority(Priority.Vital)]
    [Summary("Says that the app runs.", Details = "It touches nothing: who gets no answer may start the app anew. Whether the bank can serve, `GET /api/health/ready` says.")]
    [Answers<LiveResponse>(200)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new LiveResponse(LiveStatus.Live));
    }
}

public sealed record LiveResponse(LiveStatus Status);

/// <summary>What is not live does not answer.</summary>
public enum LiveStatus
{
    Live,
}
