using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Durable.Replay;

/// <summary>Inner exception of a <c>TaskFailedException</c>: the framework's own, never the original.</summary>
internal sealed class RecordedFailureException(Failure failure) : Exception(failure.Message)
{
    public Failure Failure => failure;
}
