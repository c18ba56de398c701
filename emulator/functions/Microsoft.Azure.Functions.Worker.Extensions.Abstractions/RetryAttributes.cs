namespace Microsoft.Azure.Functions.Worker;

/// <summary>Retries a failed run of the function; legal only on triggers that advertise it (here: the timer).</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public abstract class RetryAttribute : Attribute
{
    public RetryAttribute()
    {
    }

    /// <summary>Retries after the first try; -1 retries without end.</summary>
    public int MaxRetryCount { get; set; }
}

/// <summary>Waits the same time before each retry.</summary>
public sealed class FixedDelayRetryAttribute : RetryAttribute
{
    public FixedDelayRetryAttribute(int maxRetryCount, string delayInterval) =>
        (MaxRetryCount, DelayInterval) = (maxRetryCount, delayInterval);

    /// <summary>As <c>hh:mm:ss</c>.</summary>
    public string DelayInterval { get; }
}

/// <summary>Doubles the wait before each retry, between the two bounds.</summary>
public sealed class ExponentialBackoffRetryAttribute : RetryAttribute
{
    public ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval) =>
        (MaxRetryCount, MinimumInterval, MaximumInterval) = (maxRetryCount, minimumInterval, maximumInterval);

    /// <summary>As <c>hh:mm:ss</c>.</summary>
    public string MinimumInterval { get; }

    /// <summary>As <c>hh:mm:ss</c>.</summary>
    public string MaximumInterval { get; }
}
