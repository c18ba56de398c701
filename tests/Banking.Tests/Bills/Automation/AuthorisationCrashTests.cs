using NodaTime;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Bills.Automation;

public sealed class AuthorisationCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of(BillScene.Arta);

    [Fact]
    public async Task Creating_killed_at_any_storage_call_makes_one_authorisation_or_none()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(
            sandbox,
            arrange: (_, _) => Task.CompletedTask,
            act: (bank, scene) => bank.Get<CreateAuthorisation>().RunAsync(scene.Order, CancellationToken.None),
            before: "",
            after: "Active, day 5, next 2026-03-05, closed 0 times"));

        Assert.Equal(4, calls);
    }

    [Fact]
    public async Task Creating_in_place_of_one_that_has_run_out_and_killed_at_any_storage_call_leaves_one_active()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(
            sandbox,
            arrange: async (bank, scene) =>
            {
                await bank.AuthoriseAsync(Automation.Order(scene.Account, scene.From, "earlier") with
                {
                    Terms = scene.Order.Terms with { EndsOn = new LocalDate(2026, 3, 10) },
                });
                bank.Clock.Advance(TimeSpan.FromDays(10));
            },
            act: (bank, scene) => bank.Get<CreateAuthorisation>().RunAsync(scene.Order, CancellationToken.None),
            before: null,
            after: "Active, day 5, next 2026-04-05, closed 0 times; Cancelled, day 5, next never, closed 0 times"));

        Assert.InRange(calls, 8, 16);
    }

    [Fact]
    public async Task Modifying_killed_at_any_storage_call_changes_all_or_nothing()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(
            sandbox,
            arrange: (bank, scene) => bank.AuthoriseAsync(scene.Order),
            act: (bank, scene) => bank.Get<ModifyAuthorisation>().RunAsync(
                Arta, scene.Id, terms => terms with { PaymentDay = 20 }, CancellationToken.None),
            before: "Active, day 5, next 2026-03-05, closed 0 times",
            after: "Active, day 20, next 2026-03-20, closed 0 times"));

        Assert.InRange(calls, 5, 6);
    }

    [Fact]
    public async Task Cancelling_killed_at_any_storage_call_cancels_or_not()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(
            sandbox,
            arrange: (bank, scene) => bank.AuthoriseAsync(scene.Order),
            act: (bank, scene) => bank.Get<CancelAuthorisation>().RunAsync(Arta, scene.Id, CancellationToken.None),
            before: "Active, day 5, next 2026-03-05, closed 0 times",
            after: "Cancelled, day 5, next never, closed 0 times"));

        Assert.InRange(calls, 3, 4);
    }

    [Fact]
    public async Task Reopening_killed_at_any_storage_call_notes_one_closure_or_none()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(
            sandbox,
            arrange: async (bank, scene) =>
            {
                await bank.AuthoriseAsync(scene.Order);
                await bank.Get<CancelAuthorisation>().RunAsync(Arta, scene.Id, CancellationToken.None);
            },
            act: (bank, scene) => bank.Get<ReopenAuthorisation>().RunAsync(Arta, scene.Id, terms => terms, CancellationToken.None),
            before: "Cancelled, day 5, next never, closed 0 times",
            after: "Active, day 5, next 2026-03-05, closed 1 times"));

        Assert.Equal(4, calls);
    }

    /// <param name="before">What can be seen when nothing was done; null when parts of the way there are no harm.</param>
    private static CrashScenario<Scene> Scenario(
        TestSandbox sandbox, Func<TestBank, Scene, Task> arrange, Func<TestBank, Scene, Task> act, string? before, string after) => new(
        Arrange: async bank =>
        {
            var account = await sandbox.AddSubscriberAsync();
            var from = await bank.OpenAccountAsync(BillScene.Arta, "0.00");
            var scene = new Scene(account, from, Automation.Order(account, from));
            await arrange(bank, scene);
            return scene;
        },
        Act: act,
        Check: async (bank, scene) =>
        {
            var seen = await SeeAsync(bank, scene);
            if (seen == after)
                return 1;
            Assert.True(before is null || seen == before, seen);
            return 0;
        })
        {
            Services = Automation.Services(sandbox),
        };

    /// <summary>The authorisations; proven that the mark names the active one, and that exactly its pointer stands once the timer has run over the others.</summary>
    private static async Task<string> SeeAsync(TestBank bank, Scene scene)
    {
        var table = bank.Get<AuthorisationTable>();
        var all = await table.ListAsync(Arta, CancellationToken.None);
        var active = all.SingleOrDefault(it => it.State == AuthorisationState.Active);
        Assert.Equal(active?.Id, (await table.FindActiveAsync(Arta, scene.Account, CancellationToken.None))?.It.Id);
        if (active is not null)
            Assert.Contains(active.Next!.On.ToString("MM-dd", null), await bank.SeePointersAsync(), StringComparison.Ordinal);

        foreach (var partition in CollectionKeys.Partitions)
        {
            await foreach (var (pointer, _, read) in table.DueAsync(partition, Instant.MaxValue, CancellationToken.None))
            {
                var due = new CollectionDue(pointer.Partition, pointer.Row, BillScene.Arta, pointer.Authorisation.Value, read.ToString());
                await bank.Get<CollectBills>().RunAsync(due, CancellationToken.None);
            }
        }

        // The timer ends what has run out.
        all = await table.ListAsync(Arta, CancellationToken.None);
        active = all.SingleOrDefault(it => it.State == AuthorisationState.Active);
        Assert.Equal(active?.Next!.On.ToString("MM-dd", null) ?? "", await bank.SeePointersAsync());
        return string.Join("; ", all.OrderBy(it => it.State).Select(it =>
            $"{it.State}, day {it.Terms.PaymentDay}, next {it.Next?.On.ToString("uuuu-MM-dd", null) ?? "never"}, closed {it.Closures.Count} times"));
    }

    private sealed record Scene(ClientAccount Account, AccountId From, AuthorisationOrder Order)
    {
        public AuthorisationId Id { get; } = AuthorisationId.Of(Order.Customer, Order.Key);
    }
}
