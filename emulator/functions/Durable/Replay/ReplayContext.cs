using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Durable.Replay;

/// <summary>The context handed to orchestrator code for one replay of its history.</summary>
internal sealed class ReplayContext(
    ExecutionStart start, DataConverter converter, ILoggerFactory loggers, OrchestratorThread thread, int firstNewId)
    : TaskOrchestrationContext
{
    /// <summary>A longer timer is a chain of timers, as in Azure Storage's engine.</summary>
    private static readonly TimeSpan MaxTimer = TimeSpan.FromDays(3);

    private readonly Dictionary<int, OpenTask> open = [];
    private readonly SortedDictionary<int, Decision> undecided = [];
    private readonly List<TimerCancelled> givenUp = [];
    private DateTime now;
    private int nextId;
    private int guids;
    private bool isReplaying = true;

    public override TaskName Name => Legal(new TaskName(start.Name));

    public override string InstanceId => Legal(start.InstanceId);

    public override ParentOrchestrationInstance? Parent => Legal(start.Parent);

    public override DateTime CurrentUtcDateTime => Legal(now);

    public override bool IsReplaying => Legal(isReplaying);

    public override string Version => Legal(start.Version ?? "");

    internal ExternalEvents Events { get; } = new(converter);

    internal ContinueAsNewOptions? ContinuingAsNew { get; private set; }

    internal string? NewInput { get; private set; }

    internal Payload? CustomStatus { get; private set; }

    internal bool IsCustomStatusSet { get; private set; }

    internal bool WasTouched { get; private set; }

    internal Exception? IllegalUse { get; private set; }

    internal bool HasOpenTasks => open.Count > 0;

    protected override ILoggerFactory LoggerFactory => Legal(loggers);

    public override T? GetInput<T>()
        where T : default =>
        Legal(converter.Deserialize<T>(start.Input?.Text));

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        RefuseOptionsAsInput(input);
        return await Retries.RunAsync(this, options?.Retry, () => CallAsync<TResult>(
            name, id => new TaskScheduled(id, name.Name, Data(id, input))));
    }

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        RefuseOptionsAsInput(input);
        var child = (options as SubOrchestrationOptions)?.InstanceId;
        return await Retries.RunAsync(this, options?.Retry, () =>
        {
            var instance = child ?? NewGuid().ToString("N");
            return CallAsync<TResult>(orchestratorName, id => new ChildCreated(id, orchestratorName.Name, instance, Data(id, input)));
        });
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var due = fireAt.ToUniversalTime();
        while (due - CurrentUtcDateTime > MaxTimer && !cancellationToken.IsCancellationRequested)
            await StartTimer(CurrentUtcDateTime + MaxTimer, cancellationToken);

        await StartTimer(due, cancellationToken);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        EnsureLegal();
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return Events.Wait<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        EnsureLegal();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        if (instanceId.StartsWith('@'))
            throw new ArgumentException("An instance id may not begin with '@': such ids are entities'.", nameof(instanceId));

        Decide(id => new EventSent(id, instanceId, eventName, Data(id, payload)));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        EnsureLegal();
        IsCustomStatusSet = true;
        CustomStatus = Payload.Of(converter.Serialize(customStatus));
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        EnsureLegal();
        ArgumentNullException.ThrowIfNull(options);
        ContinuingAsNew = options;
        NewInput = converter.Serialize(options.NewInput);
    }

    public override Guid NewGuid()
    {
        EnsureLegal();
        return ReplayGuids.Of(string.Create(CultureInfo.InvariantCulture, $"{start.InstanceId}_{now:O}_{guids++}"));
    }

    /// <summary>The time of the batch that follows, and whether it is a repetition.</summary>
    internal void BeginBatch(DateTimeOffset at) => now = at.UtcDateTime;

    internal void EndReplay() => isReplaying = false;

    /// <summary>What history does not hold yet, in order.</summary>
    internal IReadOnlyList<HistoryEvent> NewEvents() => [.. undecided.Values, .. givenUp.Where(g => g.DecisionId >= 0)];

    /// <summary>History says the code asked for this; the replayed code must have asked for the same.</summary>
    /// <exception cref="global::DurableTask.Core.Exceptions.NonDeterministicOrchestrationException">It did not.</exception>
    internal void Match(Decision recorded)
    {
        if (!undecided.Remove(recorded.Id, out var replayed))
            throw Divergence.Missing(start.Name, recorded);
        if (replayed.GetType() != recorded.GetType() || !string.Equals(replayed.Label(), recorded.Label(), StringComparison.OrdinalIgnoreCase))
            throw Divergence.Different(start.Name, recorded, replayed);
    }

    /// <summary>Answers what the code waits for. A second answer, or one to a timer given up, is dropped.</summary>
    internal void Receive(Answer answer)
    {
        // A timer that replay will give up by itself is closed by that, not by the record of it.
        if (answer is TimerCancelled || !open.Remove(answer.DecisionId, out var task))
            return;

        if (answer is TaskFailed { Failure: var failure })
            task.Fail(failure);
        else if (answer is ChildFailed { Failure: var childFailure })
            task.Fail(childFailure);
        else
            task.Source.TrySetResult(answer switch
            {
                TaskCompleted completed => completed.Result?.Text,
                ChildCompleted completed => completed.Result?.Text,
                _ => null,
            });
    }

    /// <summary>A delay between attempts: one timer, never a chain.</summary>
    internal Task StartTimer(DateTime due, CancellationToken cancellation)
    {
        EnsureLegal();
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled(cancellation);

        var id = nextId;
        var task = Decide(i => new TimerCreated(i, new DateTimeOffset(due, TimeSpan.Zero)))!;
        cancellation.Register(() =>
        {
            if (!open.Remove(id))
                return;
            if (!isReplaying)
                givenUp.Add(new(id));
            task.Source.TrySetCanceled(cancellation);
        });
        return task.Source.Task;
    }

    private static void RefuseOptionsAsInput(object? input)
    {
        if (input is TaskOptions)
            throw new ArgumentException(
                "TaskOptions were passed as the input. Use the overload (name, options), or name the argument 'options'.", nameof(input));
    }

    private async Task<TResult> CallAsync<TResult>(TaskName name, Func<int, Decision> decide)
    {
        EnsureLegal();
        var id = nextId;
        var task = Decide(decide)!;
        task.Name = name.Name;
        return converter.Deserialize<TResult>(await task.Source.Task)!;
    }

    private OpenTask? Decide(Func<int, Decision> make)
    {
        var decision = make(nextId);
        undecided.Add(nextId, decision);
        var task = decision.IsAwaited() ? open[nextId] = new OpenTask(nextId) : null;
        nextId++;
        return task;
    }

    /// <summary>What history already holds need not be serialized again.</summary>
    private Payload? Data(int id, object? value) => id < firstNewId ? null : Payload.Of(converter.Serialize(value));

    private T Legal<T>(T value)
    {
        EnsureLegal();
        return value;
    }

    private void EnsureLegal()
    {
        WasTouched = true;
        if (!thread.IsCurrent)
            throw IllegalUse = IllegalAwait.Exception();
    }

    private sealed class OpenTask(int id)
    {
        public string Name { get; set; } = "";

        public TaskCompletionSource<string?> Source { get; } = new();

        public void Fail(Failure failure) => Source.TrySetException(
            new TaskFailedException(Name, id, failure.ToDetails(), new RecordedFailureException(failure)));
    }
}
