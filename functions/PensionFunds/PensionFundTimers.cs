using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using NodaTime;
using Serverless.Banking.Messages;
using Serverless.Banking.PensionFunds;
using Serverless.Workflows.PensionFunds;

namespace Serverless.Functions.PensionFunds;

/// <summary>Starts again what a killed process left open.</summary>
public sealed class SweepPensionFundsTimer(ListOpenFunds open, StartPensionFund workflow)
{
    [Function("PensionFunds_Sweep")]
    public async Task RunAsync([TimerTrigger("%PensionFundsSweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        await workflow.MissingAsync(client, await open.RunAsync(cancellation), cancellation);
}

/// <summary>Applications that came to nothing are not kept for ever.</summary>
public sealed class ErasePensionFundsTimer(EraseFunds erase)
{
    [Function("PensionFunds_Erase")]
    public Task RunAsync([TimerTrigger("%PensionFundsEraseSchedule%")] TimerInfo timer, CancellationToken cancellation) => erase.RunAsync(cancellation);
}

/// <summary>Every hour: 06:00 Europe/Tirane is among them whatever the clocks of the season (LDP-21, LDP-28).</summary>
public sealed class CollectDueContributionsTimer(CollectDueContributions collect, TimeProvider time)
{
    [Function("PensionFunds_CollectDue")]
    public Task RunAsync([TimerTrigger("%PensionFundsCollectDueSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        collect.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}

/// <summary>One fund's automatic contribution, for every due date that has come.</summary>
public sealed class CollectContributionMessage(CollectContribution collect)
{
    [Function("PensionFunds_Collect")]
    public Task RunAsync([ServiceBusTrigger(WorkQueues.PensionContributions, Connection = "ServiceBus")] ContributionToCollect due, CancellationToken cancellation) =>
        collect.RunAsync(due, cancellation);
}
