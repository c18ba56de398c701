using System.Text.Json.Serialization;

namespace Serverless.Sandbox.Knobs;

/// <summary>How a party misbehaves; docs/partners.md lists the members. Shares are 0 to 1.</summary>
internal sealed record KnobSet
{
    public static readonly KnobSet Well = new();

    public int LatencyMs { get; init; }

    public double ErrorRate { get; init; }

    public double TimeoutRate { get; init; }

    public double LoseAnswerRate { get; init; }

    public double PendingRate { get; init; }

    /// <summary>Null: a pending payment waits until somebody settles it.</summary>
    public int? SettleAfterMs { get; init; } = 2000;

    public string? RefuseWith { get; init; }

    public bool DuplicateAnswers { get; init; }

    public int Seed { get; init; }

    /// <summary>Networks: every payment taken comes back so long after it was settled; null: none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ReturnAfterMs { get; init; }

    /// <summary>Networks: what comes back is told before that it was settled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OutOfOrder { get; init; }

    /// <summary>What differs from a well-behaved party, for people to read; empty when nothing does.</summary>
    public IReadOnlyList<string> Symptoms() =>
    [
        .. LatencyMs > 0 ? [$"{LatencyMs} ms late"] : Array.Empty<string>(),
        .. Share(ErrorRate, "errors"),
        .. Share(TimeoutRate, "time-outs"),
        .. Share(LoseAnswerRate, "lost answers"),
        .. Share(PendingRate, "pending"),
        .. RefuseWith is null ? Array.Empty<string>() : [$"refuses: {RefuseWith}"],
        .. DuplicateAnswers ? ["answers twice"] : Array.Empty<string>(),
        .. ReturnAfterMs is { } after ? [$"returns after {after} ms"] : Array.Empty<string>(),
        .. OutOfOrder ? ["answers out of order"] : Array.Empty<string>(),
    ];

    private static string[] Share(double rate, string of) => rate > 0 ? [FormattableString.Invariant($"{rate * 100:0.#} % {of}")] : [];
}
