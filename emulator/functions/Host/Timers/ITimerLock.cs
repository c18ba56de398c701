namespace Serverless.Emulator.Hosting;

/// <summary>Lets one host at a time run a timer.</summary>
internal interface ITimerLock
{
    /// <summary>Runs the action as the only one; waits while another host runs its own.</summary>
    Task<T> HoldAsync<T>(HostedFunction function, Func<Task<T>> action, CancellationToken cancellation);
}
