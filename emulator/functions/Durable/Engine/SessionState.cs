using Serverless.Emulator.Durable.History;
using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Durable.Engine;

/// <summary>An instance as it is in memory: what storage holds, indexed for the next step.</summary>
internal sealed class SessionState
{
    private readonly List<HistoryEvent> history;
    private readonly Dictionary<int, Decision> open = [];
    private readonly HashSet<string> received;

    public SessionState(StoredInstance stored)
    {
        Row = stored.Row;
        Inbox = [.. stored.Inbox];
        received = [.. stored.Row.Received];
        history = [.. stored.History];
        foreach (var happened in history)
            Index(happened);
    }

    public InstanceRow Row { get; private set; }

    public IReadOnlyList<HistoryEvent> History => history;

    /// <summary>Stored messages that no step has consumed.</summary>
    public List<InboxMessage> Inbox { get; }

    /// <summary>Decisions without an answer.</summary>
    public IReadOnlyDictionary<int, Decision> Open => open;

    /// <summary>Keys of messages that went into the history, should word of one come late.</summary>
    public HashSet<string> Consumed { get; } = [];

    public bool HasStarted { get; private set; }

    public bool IsSuspended { get; private set; }

    /// <summary>One more than the last decision's id.</summary>
    public int NextDecisionId { get; private set; }

    public bool WasReceived(string messageId) => received.Contains(messageId);

    /// <summary>Ids of messages from other instances, in order.</summary>
    public IEnumerable<string> Received => received.Where(id => id.StartsWith('@'));

    public void Append(InstanceRow row, IReadOnlyList<HistoryEvent> events, IReadOnlyList<string> consumedKeys)
    {
        Row = row;
        Consumed.UnionWith(consumedKeys);
        Inbox.RemoveAll(message => consumedKeys.Contains(message.Key));
        history.AddRange(events);
        foreach (var happened in events)
            Index(happened);
    }

    private void Index(HistoryEvent happened)
    {
        switch (happened)
        {
            case StepStarted:
                HasStarted = true;
                break;
            case Decision decision:
                NextDecisionId = decision.Id + 1;
                if (decision.IsAwaited())
                    open[decision.Id] = decision;
                break;
            case Answer answer:
                open.Remove(answer.DecisionId);
                break;
            case EventRaised raised:
                received.Add(raised.MessageId);
                break;
            case ExecutionSuspended:
                IsSuspended = true;
                break;
            case ExecutionResumed:
                IsSuspended = false;
                break;
        }
    }
}
