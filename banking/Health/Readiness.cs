namespace Serverless.Banking.Health;

/// <summary>Whether the bank can serve, and which part of it cannot.</summary>
/// <param name="Parts">In the order of their names.</param>
public sealed record Readiness(IReadOnlyList<CheckedPart> Parts)
{
    public bool IsReady => Parts.All(part => part.State == PartState.Ready);
}

public sealed record CheckedPart(string Name, PartState State, TimeSpan Took);

public enum PartState
{
    Ready,

    /// <summary>It is not there, or not as it has to be.</summary>
    Failed,

    /// <summary>It did not answer in its time.</summary>
    TimedOut,
}
