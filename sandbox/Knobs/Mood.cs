namespace Serverless.Sandbox.Knobs;

/// <summary>What the knobs have in store for one call.</summary>
/// <param name="ErrorStatus">500 or 503, or null for none.</param>
/// <param name="RefuseWith">The code of the refusal, or null.</param>
internal sealed record Mood(
    TimeSpan Latency, int? ErrorStatus, bool NeverAnswers, bool LosesAnswer, bool IsPending, TimeSpan? SettleAfter, string? RefuseWith)
{
    public static Mood Of(HttpContext context) =>
        context.Features.Get<Mood>() ?? throw new InvalidOperationException("The call does not pass through the knobs.");
}
