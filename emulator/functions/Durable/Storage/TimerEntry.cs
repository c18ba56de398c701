namespace Serverless.Emulator.Durable.Storage;

/// <param name="DecisionId"><see cref="StartOfInstance"/>: not a timer of the code but the instance's delayed start.</param>
internal sealed record TimerEntry(DateTimeOffset DueAt, string InstanceId, RunId Run, int DecisionId)
{
    public const int StartOfInstance = 99_999_999;
}
