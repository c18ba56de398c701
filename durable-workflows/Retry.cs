using Microsoft.DurableTask;

namespace Serverless.Workflows;

/// <summary>How activities are retried, named for what they protect from.</summary>
public static class Retry
{
    /// <summary>Storage or a host that is away for a while; about an hour in all.</summary>
    public static TaskOptions Storage { get; } =
        TaskOptions.FromRetryPolicy(new RetryPolicy(10, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(15)));
}
