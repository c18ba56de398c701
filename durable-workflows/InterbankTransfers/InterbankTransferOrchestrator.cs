using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Serverless.Banking.Interbank;

namespace Serverless.Workflows.InterbankTransfers;

/// <summary>Takes one transfer to another bank from its hold to settled or rejected: screening, business day, network, answer.</summary>
/// <remarks>
/// Instance id: the transfer id. Input and history hold ids and times only. Activities call banking operations, which are idempotent by that id, so each may
/// run twice. Events only wake: what was decided or answered stands in the order, so they may come early, late, twice or never.
/// </remarks>
public static class InterbankTransferOrchestrator
{
    public const string Name = "InterbankTransfer";

    /// <summary>Staff have decided about a transfer that the screening stopped.</summary>
    public const string ScreeningDecided = "ScreeningDecided";

    /// <summary>The network has said something about the transfer.</summary>
    public const string NetworkAnswered = "NetworkAnswered";

    /// <summary>Before the first question; doubled for each further one.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    [Function(Name)]
    public static async Task<InterbankOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, InterbankPlan plan)
    {
        var step = await context.CallActivityAsync<InterbankStep>(BeginInterbankTransferActivity.Name, plan.TransferId, Retry.Storage);
        while (step is { State: InterbankOrderState.Suspended, ScreeningDeadline: { } deadline })
        {
            await context.WaitAsync(ScreeningDecided, deadline.UtcDateTime);
            step = await context.CallActivityAsync<InterbankStep>(ExpireScreeningActivity.Name, plan.TransferId, Retry.Storage);
        }

        if (step.State == InterbankOrderState.Cleared && step.StartsAt.UtcDateTime > context.CurrentUtcDateTime)
            await context.CreateTimer(step.StartsAt.UtcDateTime, CancellationToken.None);

        var until = context.CurrentUtcDateTime + plan.AnswerWithin;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var state = await context.CallActivityAsync<InterbankOrderState?>(SendInterbankOrderActivity.Name, plan.TransferId, Retry.Storage);
            if (state is not (InterbankOrderState.Cleared or InterbankOrderState.Sent))
                return new InterbankOutcome(state);
            var next = context.CurrentUtcDateTime + pause;
            if (next >= until)
                break;
            await context.WaitAsync(NetworkAnswered, next);
        }

        await context.CallActivityAsync(GiveUpInterbankOrderActivity.Name, plan.TransferId, Retry.Storage);
        return new InterbankOutcome(InterbankOrderState.Sent);
    }
}

/// <param name="TransferId">What the history keeps; names and amounts stay in tables.</param>
/// <param name="AnswerWithin">How long the network is asked. Part of the input, so that a changed setting does not change a running instance.</param>
public sealed record InterbankPlan(Guid TransferId, TimeSpan AnswerWithin);

/// <summary>Where an order stands, in types that the history can hold. State null: there is no such order.</summary>
public sealed record InterbankStep(InterbankOrderState? State, DateTimeOffset StartsAt, DateTimeOffset? ScreeningDeadline)
{
    public static InterbankStep From(OrderProgress? progress) => progress is null
        ? new InterbankStep(null, default, null)
        : new InterbankStep(progress.State, progress.StartsAt.ToDateTimeOffset(), progress.ScreeningDeadline?.ToDateTimeOffset());
}

/// <param name="State">The last state; <c>Sent</c>: the network was silent beyond the deadline, and staff find out. Null: the order was never begun.</param>
public sealed record InterbankOutcome(InterbankOrderState? State);
