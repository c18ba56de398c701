using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Serverless.Workflows.Tests.Upgrades;

/// <summary>Orchestrators as they were released, names and shapes in full: their instances lie in customers' hubs, some for weeks.</summary>
/// <remarks>
/// Nothing here is changed when an orchestrator is. What an orchestrator of today does otherwise than one of these breaks instances that wait; it needs a new name, with the old one
/// kept until its last instance has ended. A new orchestrator is added here when it is released.
/// </remarks>
public static class ReleasedOrchestrators
{
    private static readonly TaskOptions OfStorage =
        TaskOptions.FromRetryPolicy(new RetryPolicy(10, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(15)));

    [Function("PreferentialRate")]
    public static Task<int?> PreferentialRateAsync([OrchestrationTrigger] TaskOrchestrationContext context, Guid request) =>
        SeeThroughAsync(context, "PreferentialRates_Advance", request);

    [Function("CardApplication")]
    public static Task<int?> CardApplicationAsync([OrchestrationTrigger] TaskOrchestrationContext context, Guid application) =>
        SeeThroughAsync(context, "Applications_Advance", application);

    [Function("OverdraftApplication")]
    public static Task<int?> OverdraftApplicationAsync([OrchestrationTrigger] TaskOrchestrationContext context, Guid application) =>
        SeeThroughAsync(context, "Applications_Advance", application);

    [Function("PensionFund")]
    public static Task<int?> PensionFundAsync([OrchestrationTrigger] TaskOrchestrationContext context, Guid fund) =>
        SeeThroughAsync(context, "PensionFunds_Advance", fund);

    [Function("Onboarding")]
    public static Task<int?> OnboardingAsync([OrchestrationTrigger] TaskOrchestrationContext context, Guid application) =>
        SeeThroughAsync(context, "Onboarding_Advance", application);

    [Function("InsurancePurchase")]
    public static Task<int?> InsurancePurchaseAsync([OrchestrationTrigger] TaskOrchestrationContext context, Guid purchase) =>
        SeeThroughAsync(context, "InsurancePurchases_Advance", purchase);

    [Function("Cancellation")]
    public static Task<int?> CancellationAsync([OrchestrationTrigger] TaskOrchestrationContext context, Target target) =>
        SeeThroughAsync(context, "Cancellations_Advance", target);

    [Function("PurchaseApproval")]
    public static async Task PurchaseApprovalAsync([OrchestrationTrigger] TaskOrchestrationContext context, PurchasePlan plan)
    {
        if (plan.Deadline.UtcDateTime > context.CurrentUtcDateTime)
            await WaitAsync(context, "Decided", plan.Deadline.UtcDateTime);
        await context.CallActivityAsync("PurchaseApprovals_Settle", new { plan.Customer, plan.Approval }, OfStorage);
    }

    [Function("SettleBillPayment")]
    public static async Task<int> SettleBillPaymentAsync([OrchestrationTrigger] TaskOrchestrationContext context, PaymentPlan plan) =>
        await AskAsync(context, "BillPayments_AskForSettlement", "BillPayments_GiveUpSettlement", plan.PaymentId, plan.Deadline, TimeSpan.FromSeconds(5));

    [Function("CollectRemittance")]
    public static async Task<int> CollectRemittanceAsync([OrchestrationTrigger] TaskOrchestrationContext context, PayoutPlan plan) =>
        await AskAsync(context, "Remittances_AskForPayout", "Remittances_GiveUpPayout", plan.RemittanceId, plan.Deadline, TimeSpan.FromSeconds(10));

    [Function("InterbankTransfer")]
    public static async Task<Outcome> InterbankTransferAsync([OrchestrationTrigger] TaskOrchestrationContext context, TransferPlan plan)
    {
        const int suspended = 2, cleared = 3, sent = 4;
        var step = await context.CallActivityAsync<TransferStep>("InterbankTransfers_Begin", plan.TransferId, OfStorage);
        while (step is { State: suspended, ScreeningDeadline: { } deadline })
        {
            await WaitAsync(context, "ScreeningDecided", deadline.UtcDateTime);
            step = await context.CallActivityAsync<TransferStep>("InterbankTransfers_ExpireScreening", plan.TransferId, OfStorage);
        }

        if (step.State == cleared && step.StartsAt.UtcDateTime > context.CurrentUtcDateTime)
            await context.CreateTimer(step.StartsAt.UtcDateTime, CancellationToken.None);

        var until = context.CurrentUtcDateTime + plan.AnswerWithin;
        for (var pause = TimeSpan.FromMinutes(1); ; pause = Double(pause, TimeSpan.FromHours(6)))
        {
            var state = await context.CallActivityAsync<int?>("InterbankTransfers_Send", plan.TransferId, OfStorage);
            if (state is not (cleared or sent))
                return new Outcome(state);
            var next = context.CurrentUtcDateTime + pause;
            if (next >= until)
                break;
            await WaitAsync(context, "NetworkAnswered", next);
        }

        await context.CallActivityAsync("InterbankTransfers_GiveUp", plan.TransferId, OfStorage);
        return new Outcome(sent);
    }

    private static async Task<int?> SeeThroughAsync(TaskOrchestrationContext context, string activity, object target)
    {
        while (true)
        {
            var step = await context.CallActivityAsync<Step>(activity, target, OfStorage);
            if (step.State is null || step.IsFinal)
                return step.State;
            var next = context.CurrentUtcDateTime + TimeSpan.FromHours(6);
            await WaitAsync(context, "Changed", step.Wake is { } wake && wake.UtcDateTime < next ? wake.UtcDateTime : next);
        }
    }

    private static async Task<int> AskAsync(TaskOrchestrationContext context, string ask, string giveUp, Guid about, DateTimeOffset deadline, TimeSpan firstPause)
    {
        for (var pause = firstPause; ; pause = Double(pause, TimeSpan.FromHours(1)))
        {
            if (await context.CallActivityAsync<bool>(ask, about, OfStorage))
                return 0;
            var next = context.CurrentUtcDateTime + pause;
            if (next >= deadline.UtcDateTime)
                break;
            await context.CreateTimer(next, CancellationToken.None);
        }

        await context.CallActivityAsync(giveUp, about, OfStorage);
        return 1;
    }

    private static async Task WaitAsync(TaskOrchestrationContext context, string eventName, DateTime until)
    {
        using var end = new CancellationTokenSource();
        var waking = context.WaitForExternalEvent<bool>(eventName, end.Token);
        var timer = context.CreateTimer(until, end.Token);
        await Task.WhenAny(waking, timer);
        Cancel(end);
    }

    private static void Cancel(CancellationTokenSource end) => end.Cancel();

    private static TimeSpan Double(TimeSpan pause, TimeSpan longest) => pause * 2 < longest ? pause * 2 : longest;

    public sealed record Step(int? State, bool IsFinal, DateTimeOffset? Wake);

    public sealed record Target(string Customer, Guid Number);

    public sealed record PurchasePlan(string Customer, Guid Approval, DateTimeOffset Deadline);

    public sealed record PaymentPlan(Guid PaymentId, DateTimeOffset Deadline);

    public sealed record PayoutPlan(Guid RemittanceId, DateTimeOffset Deadline);

    public sealed record TransferPlan(Guid TransferId, TimeSpan AnswerWithin);

    public sealed record Outcome(int? State);

    public sealed record TransferStep(int? State, DateTimeOffset StartsAt, DateTimeOffset? ScreeningDeadline);
}
