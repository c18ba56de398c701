using System.Diagnostics;

namespace Serverless.Emulator.Hosting;

/// <summary>Everything that waits for a trigger in the running host.</summary>
internal sealed class HostListeners(FunctionInvoker invoker)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>A message between its queue and its function is seen by neither for a moment, so one look is not enough.</summary>
    private const int LooksInARow = 3;

    public List<IFunctionListener> All { get; } = [];

    /// <summary>Waits until no function runs and no message or timer waits to be run now.</summary>
    /// <returns>False when that did not happen in the time given.</returns>
    public async Task<bool> WhenIdleAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        for (var looks = 0; looks < LooksInARow;)
        {
            looks = await IsIdleAsync(cancellation) ? looks + 1 : 0;
            if (Stopwatch.GetElapsedTime(started) > timeout)
                return false;

            await Task.Delay(Pause, cancellation);
        }

        return true;
    }

    private async Task<bool> IsIdleAsync(CancellationToken cancellation)
    {
        if (invoker.Running > 0)
            return false;

        var idle = await Task.WhenAll(All.Select(listener => listener.IsIdleAsync(cancellation)));
        return idle.All(one => one) && invoker.Running == 0;
    }
}
