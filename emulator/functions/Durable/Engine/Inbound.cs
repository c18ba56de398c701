using Serverless.Emulator.Durable.History;
using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Durable.Engine;

/// <summary>What wakes a session.</summary>
internal abstract record Inbound
{
    /// <summary>Look whether there is anything to do.</summary>
    internal sealed record Wake : Inbound;

    /// <summary>Storage knows more than memory: read it again.</summary>
    internal sealed record Reload : Inbound;

    /// <summary>A row just made or replaced, which has no history yet.</summary>
    internal sealed record Adopt(InstanceRow Row) : Inbound;

    /// <summary>Already in the instance's inbox in storage.</summary>
    internal sealed record Message(int Incarnation, InboxMessage Content) : Inbound;

    /// <summary>Not stored anywhere: storage holds the question, and a new process asks it again.</summary>
    internal sealed record Answered(RunId Run, Answer Answer) : Inbound;

    /// <summary>A durable timer is due.</summary>
    internal sealed record Fired(TimerEntry Entry) : Inbound;

    /// <summary>Orchestrator code came back from an await that is not durable.</summary>
    internal sealed record IllegalReturn(RunId Run, Exception Exception) : Inbound;

    /// <summary>Nothing happened for a while.</summary>
    internal sealed record Idle : Inbound;
}
