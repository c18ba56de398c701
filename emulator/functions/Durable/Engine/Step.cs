using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Durable.Engine;

/// <summary>What one step takes in: answers that are awaited and messages that are new.</summary>
internal sealed class Step(SessionState state, DateTimeOffset now)
{
    private readonly List<HistoryEvent> events = [new StepStarted(now)];
    private readonly List<string> consumedKeys = [];
    private readonly HashSet<int> answered = [];
    private readonly HashSet<string> received = [];

    public IReadOnlyList<HistoryEvent> Events => events;

    public IReadOnlyList<string> ConsumedKeys => consumedKeys;

    /// <summary>Decisions whose answers go into this step.</summary>
    public IReadOnlyCollection<int> Answered => answered;

    public IEnumerable<string> ReceivedFromInstances => received.Where(id => id.StartsWith('@'));

    public Exception? Illegal { get; private set; }

    public bool HasWork => events.Count > 1 || consumedKeys.Count > 0 || !state.HasStarted || Illegal is not null;

    /// <returns>False when it is of no use: late, a repetition, or of an earlier run.</returns>
    public bool Take(Inbound inbound)
    {
        switch (inbound)
        {
            case Inbound.Answered(var run, var answer) when run == state.Row.Run:
                return Take(answer);
            case Inbound.Fired(var entry) when entry.Run == state.Row.Run:
                return Take(new TimerFired(entry.DecisionId));
            case Inbound.IllegalReturn(var run, var exception) when run == state.Row.Run:
                Illegal = exception;
                return true;
            default:
                return false;
        }
    }

    public void TakeMessages(int most)
    {
        var isSuspended = state.IsSuspended;
        foreach (var message in state.Inbox.OrderBy(message => message.Key, StringComparer.Ordinal).Take(most))
        {
            consumedKeys.Add(message.Key);
            switch (message.Content)
            {
                case EventRaised raised when state.WasReceived(raised.MessageId) || !received.Add(raised.MessageId):
                case ExecutionSuspended when isSuspended:
                case ExecutionResumed when !isSuspended:
                    continue;
                case ExecutionSuspended:
                    isSuspended = true;
                    break;
                case ExecutionResumed:
                    isSuspended = false;
                    break;
            }

            events.Add(message.Content);
        }
    }

    private bool Take(Answer answer)
    {
        var fits = state.Open.GetValueOrDefault(answer.DecisionId) switch
        {
            TaskScheduled => answer is TaskCompleted or TaskFailed,
            ChildCreated => answer is ChildCompleted or ChildFailed,
            TimerCreated => answer is TimerFired,
            _ => false,
        };
        if (!fits || !answered.Add(answer.DecisionId))
            return false;

        events.Add(answer);
        return true;
    }
}
