using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Functions.Http;

namespace Serverless.Functions.Health;

public sealed class HealthFunction
{
    [Function("Health_Get")]
    [Access(Right.Public)]
    [Summary("Says whether the app serves.")]
    [Answers<HealthResponse>(200)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/health")] HttpRequest request) =>
        TypedResults.Ok(new HealthResponse(HealthStatus.Live));
}

public sealed record HealthResponse(HealthStatus Status);

public enum HealthStatus
{
    Live,
}
