using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Emulator.Hosting;

/// <summary>
/// A family of triggers, bindings and endpoints. Every implementation in this assembly with a parameterless constructor
/// is found by itself, so that a family is added by adding its folder.
/// </summary>
internal interface IHostExtension
{
    /// <summary>Registers services, when the app calls Build; the app's own registrations are already there.</summary>
    void Configure(IServiceCollection services, HostStartup startup)
    {
    }

    /// <summary>This family runs functions of that trigger.</summary>
    bool Handles(TriggerBindingAttribute trigger) => false;

    /// <summary>This family can fill parameters with that attribute.</summary>
    bool Handles(InputBindingAttribute input) => false;

    /// <summary>This family can send outputs of that attribute.</summary>
    bool Handles(OutputBindingAttribute output) => false;

    /// <summary>Refuses a function at start.</summary>
    /// <exception cref="FunctionMisconfiguredException">With one clear message.</exception>
    void Validate(HostedFunction function, HostStartup startup)
    {
    }

    /// <summary>What waits for the trigger; null when nothing has to (HTTP, activities).</summary>
    IFunctionListener? CreateListener(HostedFunction function, IServiceProvider services) => null;

    /// <summary>Listeners of the family as a whole, such as a durable engine.</summary>
    IEnumerable<IFunctionListener> CreateListeners(IReadOnlyList<HostedFunction> functions, IServiceProvider services) => [];

    /// <summary>Endpoints outside the functions' route prefix.</summary>
    void Map(IEndpointRouteBuilder endpoints)
    {
    }

    /// <summary>Makes a parameter's value. Unhandled leaves it to the next in line.</summary>
    /// <param name="source">What the trigger brought under the parameter's name, if anything.</param>
    ValueTask<BoundValue> BindAsync(HostedInvocation invocation, int parameter, object? source) => BoundValue.Unhandled;

    /// <summary>Sends an output after the function succeeded; the value is never null.</summary>
    Task SendAsync(FunctionOutput output, object value, FunctionContext context) => Task.CompletedTask;
}

/// <summary>Answer of a binder. The default value is: not mine.</summary>
internal readonly record struct BoundValue(bool IsBound, object? Value)
{
    public static ValueTask<BoundValue> Unhandled => default;

    public static ValueTask<BoundValue> Of(object? value) => new(new BoundValue(true, value));
}

/// <summary>Waits for a trigger and runs functions through <see cref="IFunctionInvoker"/>.</summary>
internal interface IFunctionListener
{
    /// <summary>Returns once it listens; work goes on in the background.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>Takes no new work, finishes what it has begun.</summary>
    /// <param name="cancellation">Cancelled when there is no more time for that.</param>
    Task StopAsync(CancellationToken cancellation);

    /// <summary>Nothing runs and nothing waits to run now (messages visible, timers due).</summary>
    Task<bool> IsIdleAsync(CancellationToken cancellation) => Task.FromResult(true);

    /// <summary>Drops everything as a killed process would: no draining, no release of leases.</summary>
    void Kill()
    {
    }
}

/// <summary>A listener that acts at points of the host's clock, so that moving the clock can stop at each of them.</summary>
internal interface IClockDriven
{
    /// <summary>True for a fixed schedule: where it is too dense to be walked through, one run stands for a stretch.</summary>
    bool IsSchedule => false;

    /// <summary>When something falls due after one time, up to and including another; in order. The first few are enough.</summary>
    ValueTask<IReadOnlyList<DateTimeOffset>> DueTimesAsync(DateTimeOffset after, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Runs what is due at the clock's present time and answers when it is finished.</summary>
    Task RunDueAsync(CancellationToken cancellation);
}

/// <summary>Runs one function, with its own scope, through the app's middleware.</summary>
internal interface IFunctionInvoker
{
    Task<InvocationOutcome> InvokeAsync(HostedFunction function, InvocationRequest request, CancellationToken cancellation);
}

/// <summary>What a trigger brings.</summary>
internal sealed record InvocationRequest
{
    /// <summary>Value of the trigger's parameter before conversion: text, bytes or an object of the trigger's own.</summary>
    public object? TriggerData { get; init; }

    /// <summary>Binding data: route values, message properties. Other parameters are looked up here by name.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = new Dictionary<string, object?>();

    /// <summary>Puts features into the context before any middleware runs.</summary>
    public Action<HostedInvocation>? Prepare { get; init; }

    public int RetryCount { get; init; }

    public int MaxRetryCount { get; init; }

    /// <summary>
    /// False for a run that may be left unfinished for ever (an orchestrator that waits): it is not waited for
    /// when the host stops, has no time limit and is not logged.
    /// </summary>
    public bool IsTracked { get; init; } = true;
}

internal enum InvocationStatus
{
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>How a run ended. The trigger's own policy decides what follows from a failure.</summary>
internal sealed record InvocationOutcome(InvocationStatus Status, object? Result, Exception? Exception, TimeSpan Duration)
{
    public bool IsSuccess => Status == InvocationStatus.Succeeded;
}
