using System.Runtime.ExceptionServices;
using Microsoft.DurableTask;

namespace Serverless.Emulator.Durable.Replay;

/// <summary>Calls again after a failure, by policy (durable timers in between) or as a handler decides (no delay of its own).</summary>
internal static class Retries
{
    public static Task<T> RunAsync<T>(ReplayContext context, TaskRetryOptions? options, Func<Task<T>> call) => options switch
    {
        { Policy: { } policy } => ByPolicyAsync(context, policy, call),
        { Handler: { } handler } => ByHandlerAsync(context, handler, call),
        _ => call(),
    };

    private static async Task<T> ByPolicyAsync<T>(ReplayContext context, RetryPolicy policy, Func<Task<T>> call)
    {
        var firstAttempt = context.CurrentUtcDateTime;
        for (var attempt = 0; ; attempt++)
        {
            TaskFailedException failed;
            try
            {
                return await call();
            }
            catch (TaskFailedException e) when (!IsFinal(e))
            {
                failed = e;
            }

            if (attempt + 1 >= policy.MaxNumberOfAttempts
                || !policy.Handles(failed.FailureDetails)
                || (policy.RetryTimeout != Timeout.InfiniteTimeSpan && context.CurrentUtcDateTime - firstAttempt >= policy.RetryTimeout))
                ExceptionDispatchInfo.Throw(failed);

            await context.StartTimer(context.CurrentUtcDateTime + Delay(policy, attempt), CancellationToken.None);
        }
    }

    private static async Task<T> ByHandlerAsync<T>(ReplayContext context, AsyncRetryHandler handler, Func<Task<T>> call)
    {
        var firstAttempt = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException e) when (!IsFinal(e))
            {
                var spent = context.CurrentUtcDateTime - firstAttempt;
                if (!await handler(new RetryContext(context, attempt, e.FailureDetails, spent, CancellationToken.None)))
                    throw;
            }
        }
    }

    private static bool IsFinal(TaskFailedException failed) => failed.InnerException is RecordedFailureException { Failure.IsFinal: true };

    private static TimeSpan Delay(RetryPolicy policy, int attempt)
    {
        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt);
        return milliseconds < policy.MaxRetryInterval.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : policy.MaxRetryInterval;
    }
}
