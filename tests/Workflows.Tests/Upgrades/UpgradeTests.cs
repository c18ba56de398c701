using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Emulator;
using Serverless.Workflows.BillPayments;

namespace Serverless.Workflows.Tests.Upgrades;

/// <summary>Instances that were started by a released orchestrator end under today's: at every place where an instance can wait, the code under it is exchanged.</summary>
public sealed class UpgradeTests
{
    private const int Suspended = 2, Cleared = 3, Sent = 4, Settled = 5;
    private static readonly DateTimeOffset Start = new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly Script script = new();
    private readonly List<Waiting> all = [];

    [Fact]
    public async Task What_waits_under_a_released_orchestrator_ends_under_todays()
    {
        Play();
        var azurite = await AzuriteServer.SharedAsync();
        var (clock, prefix) = (new MovableClock(Start), "t" + Guid.NewGuid().ToString("N")[..10]);

        // How many times a script asks depends on the clock alone, not on how busy the machine is.
        using var standing = clock.Stop();
        await using (var released = await StartAsync([typeof(ReleasedOrchestrators), typeof(ScriptedActivities)]))
        {
            foreach (var it in all)
                await released.Workflows.ScheduleNewOrchestrationInstanceAsync(it.Orchestrator, it.Input, new StartOrchestrationOptions(it.Id));
            await released.WhenIdleAsync();
            Assert.Empty(script.Refused);
            foreach (var it in all)
                Assert.Equal((it.Name, OrchestrationRuntimeStatus.Running, it.LeftAtUpgrade), (it.Name, (await StateAsync(released, it)).RuntimeStatus, script.Left(it.Thing)));
        }

        await using var todays = await StartAsync(OfToday);
        foreach (var it in all.Where(it => it.Event is not null))
            await todays.Workflows.RaiseEventAsync(it.Id, it.Event!, true);
        await todays.WhenIdleAsync();
        await todays.AdvanceClockAsync(TimeSpan.FromHours(7));
        await todays.WhenIdleAsync();

        await AllHaveEndedAsync(todays);
        await todays.StopAndEraseAsync();

        Task<FunctionsTestHost> StartAsync(IReadOnlyList<Type> functions) => FunctionsTestHost.StartAsync(
            builder => builder.Services.AddSingleton(script), functions, options => (options.Storage, options.Clock, options.Prefix) = (azurite.ConnectionString, clock, prefix));
    }

    [Fact]
    public async Task A_process_killed_between_every_two_steps_goes_on_where_each_workflow_was()
    {
        Play();
        var azurite = await AzuriteServer.SharedAsync();
        var clock = new MovableClock(Start);
        using var standing = clock.Stop();
        var host = await FunctionsTestHost.StartAsync(
            builder => builder.Services.AddSingleton(script), OfToday, options => (options.Storage, options.Clock) = (azurite.ConnectionString, clock));
        foreach (var it in all)
            await host.Workflows.ScheduleNewOrchestrationInstanceAsync(it.Orchestrator, it.Input, new StartOrchestrationOptions(it.Id));

        // No script is longer than three parts: whoever waits for an event gets one at each life of the process, and the others a part of the day.
        for (var life = 0; life < 4; life++)
        {
            await host.WhenIdleAsync();
            await host.KillAsync();
            var killed = host;
            host = await killed.RestartAsync();
            await killed.DisposeAsync();
            foreach (var it in all.Where(it => it.Event is not null))
            {
                if ((await StateAsync(host, it)).RuntimeStatus == OrchestrationRuntimeStatus.Running)
                    await host.Workflows.RaiseEventAsync(it.Id, it.Event!, true);
            }

            await host.WhenIdleAsync();
            await host.AdvanceClockAsync(TimeSpan.FromHours(2));
        }

        await host.WhenIdleAsync();
        await AllHaveEndedAsync(host);
        await host.StopAndEraseAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public void Every_orchestrator_has_been_released()
    {
        var released = typeof(ReleasedOrchestrators).GetMethods().Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>().ToHashSet();
        Assert.Empty(Todays().Select(it => it.Name).Except(released));

        Play();
        Assert.Empty(released.Except(all.Select(it => it.Orchestrator)));
    }

    private static IReadOnlyList<Type> OfToday => [.. Todays().Select(it => it.Type), typeof(ScriptedActivities)];

    /// <summary>As their scripts have it, each part once.</summary>
    private async Task AllHaveEndedAsync(FunctionsTestHost host)
    {
        foreach (var it in all)
        {
            var end = await StateAsync(host, it);
            Assert.True(
                (end.RuntimeStatus, end.SerializedOutput ?? "null", script.Left(it.Thing)) == (OrchestrationRuntimeStatus.Completed, it.Output, 0),
                $"{it.Name}: {end.RuntimeStatus} {end.SerializedOutput} {end.FailureDetails?.ErrorMessage}; {script.Left(it.Thing)} to come");
        }

        Assert.Empty(script.Refused);
    }

    private void Play()
    {
        var soon = Start.AddHours(1);

        // With the treasury; then confirmed until a time, then expired by it.
        Wait("PreferentialRate", "the treasury", thing => thing, "Changed", "5",
            1, ("PreferentialRates_Advance", At(0)), ("PreferentialRates_Advance", At(1, wake: soon)), ("PreferentialRates_Advance", At(5, isFinal: true)));
        Wait("PreferentialRate", "nothing but time", thing => thing, null, "5",
            1, ("PreferentialRates_Advance", At(1, wake: soon)), ("PreferentialRates_Advance", At(5, isFinal: true)));
        foreach (var product in (string[])["CardApplication", "OverdraftApplication"])
        {
            Wait(product, "the desk", thing => thing, "Changed", "9", 1, ("Applications_Advance", At(2)), ("Applications_Advance", At(3, wake: soon)), ("Applications_Advance", At(9, isFinal: true)));
            Wait(product, "nothing but time", thing => thing, null, "9", 1, ("Applications_Advance", At(0, wake: soon)), ("Applications_Advance", At(9, isFinal: true)));
        }

        // With the company; then contacted, and signed or not.
        Wait("PensionFund", "the company", thing => thing, "Changed", "3", 1, ("PensionFunds_Advance", At(1, wake: soon)), ("PensionFunds_Advance", At(2)), ("PensionFunds_Advance", At(3, isFinal: true)));
        Wait("PensionFund", "nothing but time", thing => thing, null, "4", 1, ("PensionFunds_Advance", At(0, wake: soon)), ("PensionFunds_Advance", At(4, isFinal: true)));
        Wait("Onboarding", "the applicant", thing => thing, "Changed", "8", 1, ("Onboarding_Advance", At(1)), ("Onboarding_Advance", At(4, wake: soon)), ("Onboarding_Advance", At(8, isFinal: true)));
        Wait("Onboarding", "nothing but time", thing => thing, null, "10", 1, ("Onboarding_Advance", At(0, wake: soon)), ("Onboarding_Advance", At(10, isFinal: true)));
        // Ordered, then issued; ordered, given up, and called off.
        Wait("InsurancePurchase", "the insurer", thing => thing, "Changed", "2",
            1, ("InsurancePurchases_Advance", At(0, wake: soon)), ("InsurancePurchases_Advance", At(2, wake: soon)), ("InsurancePurchases_Advance", At(2, isFinal: true)));
        Wait("InsurancePurchase", "nothing but time", thing => thing, null, "5",
            1, ("InsurancePurchases_Advance", At(0, wake: soon)), ("InsurancePurchases_Advance", At(5, isFinal: true)));
        Wait("Cancellation", "the contact centre", thing => new { Customer = "100000001", Number = thing }, "Changed", "6",
            1, ("Cancellations_Advance", At(0)), ("Cancellations_Advance", At(6, isFinal: true)));
        Wait("PurchaseApproval", "the customer", Purchase, "Decided", "null", 0, ("PurchaseApprovals_Settle", null));
        Wait("PurchaseApproval", "its deadline", Purchase, null, "null", 0, ("PurchaseApprovals_Settle", null));
        Wait("SettleBillPayment", "the company", thing => new { PaymentId = thing, Deadline = Start.AddDays(1) }, null, "0",
            1, ("BillPayments_AskForSettlement", false), ("BillPayments_AskForSettlement", true));
        Wait("SettleBillPayment", "a silent company", thing => new { PaymentId = thing, Deadline = Start.AddSeconds(8) }, null, "1",
            1, ("BillPayments_AskForSettlement", false), ("BillPayments_AskForSettlement", false), ("BillPayments_GiveUpSettlement", null));
        Wait("CollectRemittance", "the remitter", thing => new { RemittanceId = thing, Deadline = Start.AddDays(1) }, null, "0",
            1, ("Remittances_AskForPayout", false), ("Remittances_AskForPayout", true));
        Wait("CollectRemittance", "a silent remitter", thing => new { RemittanceId = thing, Deadline = Start.AddSeconds(15) }, null, "1",
            1, ("Remittances_AskForPayout", false), ("Remittances_AskForPayout", false), ("Remittances_GiveUpPayout", null));
        Wait("InterbankTransfer", "the screening", Transfer, "ScreeningDecided", $$"""{"State":{{Settled}}}""",
            1, ("InterbankTransfers_Begin", Order(Suspended, Start, Start.AddDays(2))), ("InterbankTransfers_ExpireScreening", Order(Cleared, Start)), ("InterbankTransfers_Send", Settled));
        Wait("InterbankTransfer", "its day", Transfer, null, $$"""{"State":{{Settled}}}""",
            1, ("InterbankTransfers_Begin", Order(Cleared, soon)), ("InterbankTransfers_Send", Settled));
        Wait("InterbankTransfer", "the network", Transfer, "NetworkAnswered", $$"""{"State":{{Settled}}}""",
            2, ("InterbankTransfers_Begin", Order(Cleared, Start)), ("InterbankTransfers_Send", Sent), ("InterbankTransfers_Send", Settled));

        object Purchase(Guid thing) => new { Customer = "100000001", Approval = thing, Deadline = soon };
        object Transfer(Guid thing) => new { TransferId = thing, AnswerWithin = TimeSpan.FromDays(1) };
        object At(int state, bool isFinal = false, DateTimeOffset? wake = null) => new { State = state, IsFinal = isFinal, Wake = wake };
        object Order(int state, DateTimeOffset startsAt, DateTimeOffset? deadline = null) => new { State = state, StartsAt = startsAt, ScreeningDeadline = deadline };
    }

    /// <param name="waitsFor">At the upgrade.</param>
    /// <param name="eventName">What comes then; null: only time passes.</param>
    /// <param name="before">How much of the script is played before the upgrade.</param>
    private void Wait(string orchestrator, string waitsFor, Func<Guid, object> input, string? eventName, string output, int before, params (string Activity, object? Answer)[] part)
    {
        var thing = Guid.NewGuid();
        script.Add(thing, part);
        all.Add(new Waiting($"{orchestrator} waiting for {waitsFor}", orchestrator, thing, input(thing), eventName, output, part.Length - before));
    }

    private static async Task<OrchestrationMetadata> StateAsync(FunctionsTestHost host, Waiting it) =>
        (await host.Workflows.GetInstanceAsync(it.Id, getInputsAndOutputs: true))!;

    private static IEnumerable<(string Name, Type Type)> Todays() =>
        from type in typeof(SettleBillPaymentOrchestrator).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.GetParameters().Any(parameter => parameter.IsDefined(typeof(OrchestrationTriggerAttribute)))
        select (method.GetCustomAttribute<FunctionAttribute>()!.Name, type);

    private sealed record Waiting(string Name, string Orchestrator, Guid Thing, object Input, string? Event, string Output, int LeftAtUpgrade)
    {
        public string Id => Thing.ToString("N");
    }
}
