using Microsoft.DurableTask;
using Serverless.Banking;

namespace Serverless.Workflows;

/// <summary>Sees something to its end that stands in a table: an activity carries it on as far as it goes now, and says when to look again.</summary>
/// <remarks>What is decided is carried out by whoever decides; a course takes up what was cut short, and its clock ends what nobody does. Events only wake.</remarks>
public static class Course
{
    /// <summary>The event: something was decided, answered or completed.</summary>
    public const string Changed = "Changed";

    /// <summary>Also without a deadline it is looked at again: reminders, money under way.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    /// <param name="activity">Answers a <see cref="Standing{TState}"/>.</param>
    /// <param name="target">The activity's input.</param>
    /// <returns>The last state; null when there is no such thing.</returns>
    public static async Task<TState?> SeeThroughAsync<TState>(this TaskOrchestrationContext context, string activity, object target) where TState : struct
    {
        while (true)
        {
            var step = await context.CallActivityAsync<Standing<TState>>(activity, target, Retry.Storage);
            if (step.State is null || step.IsFinal)
                return step.State;
            var next = context.CurrentUtcDateTime + LongestPause;
            await context.WaitAsync(Changed, step.Wake is { } wake && wake.UtcDateTime < next ? wake.UtcDateTime : next);
        }
    }
}

/// <summary>Where something stands, in types that the history can hold. State null: there is no such thing.</summary>
public sealed record Standing<TState>(TState? State, bool IsFinal, DateTimeOffset? Wake) where TState : struct;

public static class Standings
{
    /// <param name="progress">Null when there is no such thing.</param>
    public static Standing<TState> Of<TState>(CourseProgress<TState>? progress) where TState : struct, Enum =>
        progress is null ? new Standing<TState>(null, true, null) : new Standing<TState>(progress.State, progress.IsFinal, progress.Wake?.ToDateTimeOffset());
}
