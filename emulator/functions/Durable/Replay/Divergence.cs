using DurableTask.Core.Exceptions;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Durable.Replay;

/// <summary>Words for a replay that went another way than history.</summary>
internal static class Divergence
{
    private const string Advice =
        "The orchestrator's code was changed after this instance started, or it depends on something that differs between replays.";

    public static NonDeterministicOrchestrationException Missing(string orchestrator, Decision recorded) => new(
        $"Non-deterministic orchestrator '{orchestrator}': its history has {recorded.Label()} as action #{recorded.Id}, " +
        $"but the replayed code did not ask for it at that point. {Advice}");

    public static NonDeterministicOrchestrationException Different(string orchestrator, Decision recorded, Decision replayed) => new(
        $"Non-deterministic orchestrator '{orchestrator}': its history has {recorded.Label()} as action #{recorded.Id}, " +
        $"but the replayed code asked for {replayed.Label()} instead. {Advice}");
}
