using Microsoft.Azure.Functions.Worker;

namespace Serverless.Emulator.Hosting;

/// <summary>Runs a function by hand, as its trigger would.</summary>
internal sealed class FunctionTrigger(IFunctionInvoker invoker, HostListeners listeners)
{
    public bool CanFire(HostedFunction function) => function.Trigger is TimerTriggerAttribute or QueueTriggerAttribute or ServiceBusTriggerAttribute;

    /// <param name="input">The message's body; a timer needs none.</param>
    public Task<InvocationOutcome> FireAsync(HostedFunction function, string? input, CancellationToken cancellation)
    {
        if (listeners.All.OfType<TimerListener>().FirstOrDefault(listener => listener.Name == function.Name) is { } timer)
            return timer.FireAsync(cancellation);

        object? data = function.Trigger switch
        {
            TimerTriggerAttribute => new TimerInfo(),
            ServiceBusTriggerAttribute trigger => ServiceBusListener.ByHand(input ?? string.Empty, trigger, function),
            _ => input ?? string.Empty,
        };
        return invoker.InvokeAsync(function, new InvocationRequest { TriggerData = data }, cancellation);
    }
}
