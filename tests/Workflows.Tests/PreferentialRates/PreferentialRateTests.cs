using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Emulator;
using Serverless.Testing;
using Serverless.Workflows.PreferentialRates;

namespace Serverless.Workflows.Tests.PreferentialRates;

/// <summary>The workflow of a request for a preferential rate: killed between its steps, started late, activities twice, events out of turn.</summary>
public sealed class PreferentialRateTests : IAsyncLifetime
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    private static readonly AuditActor Dealer = AuditActor.Staff("dealer-1");

    private HttpBank bank = null!;
    private FunctionsTestHost host = null!;
    private AccountId lek;
    private AccountId euro;

    public async ValueTask InitializeAsync()
    {
        bank = await HttpBank.StartAsync(options =>
        {
            // A Wednesday at eleven in Tirana; of the timers only those that a test fires run.
            options.Clock = new MovableClock(new DateTimeOffset(2027, 3, 3, 10, 0, 0, TimeSpan.Zero));
            foreach (var timer in options.Settings.Keys.Where(name => name.EndsWith("Schedule", StringComparison.Ordinal)).ToArray())
                options.Settings[timer] = "0 0 0 29 2 *";
        });
        host = bank.Host;
        _ = (await Get<SaveContactDetails>().RunAsync(new ContactDetails(Arta, "Arta Hoxha", Language.English, "push-arta", null, null), CancellationToken.None)).Value;
        _ = (await Get<PublishBoard>().RunAsync(
            new BoardToPublish(IdempotencyKey.Of("board"), "board", null, [new BoardRate(Currency.Eur, 97.20m, 98.90m), new BoardRate(Currency.Of("USD"), 82.10m, 84.30m)]),
            Dealer, CancellationToken.None)).Value;
        (lek, euro) = (await OpenAsync("ALL", "0.00"), await OpenAsync("EUR", "50000.00"));
    }

    public async ValueTask DisposeAsync()
    {
        if (host != bank.Host)
            await host.DisposeAsync();
        await bank.DisposeAsync();
    }

    [Fact]
    public async Task A_host_killed_between_every_two_steps_goes_on_where_it_was_and_tells_each_thing_once()
    {
        var id = await SubmitAsync();
        await Get<StartRateRequest>().MissingAsync(host.Workflows, [id], CancellationToken.None);
        await host.WhenIdleAsync();
        await KillAsync();

        Assert.True((await Get<DecideRateRequest>().RunAsync(id, new RateDecision(97.90m, null, null), Dealer, CancellationToken.None)).IsSuccess);
        await KillAsync();
        await WakeAsync(id);
        await KillAsync();

        // The reminder, and then the end, fall due right after a restart.
        await host.AdvanceClockAsync(TimeSpan.FromMinutes(21));
        await host.WhenIdleAsync();
        await KillAsync();
        await host.AdvanceClockAsync(TimeSpan.FromMinutes(10));
        var ended = await host.WaitForOrchestrationAsync(StartRateRequest.InstanceId(id));
        Assert.Equal(RateRequestState.Expired, ended.ReadOutputAs<RateRequestState>());
        await host.WhenIdleAsync();

        var pushes = JsonNode.Parse(await bank.Sandbox.GetStringAsync($"inbox/messages?customer={Arta.Value}&channel=push"))!["messages"]!.AsArray()
            .Select(push => (string)push!["title"]!).Order(StringComparer.Ordinal);
        Assert.Equal(["Preferential rate confirmed", "Preferential rate expired", "Your preferential rate ends soon"], pushes);
    }

    [Fact]
    public async Task A_lost_start_is_made_up_for_starting_twice_runs_one_and_each_activity_may_run_twice()
    {
        var id = await SubmitAsync();
        Assert.Null(await host.Workflows.GetInstanceAsync(StartRateRequest.InstanceId(id)));
        await host.FireTimerAsync("Fx_SweepRateRequests");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Get<StartRateRequest>().MissingAsync(host.Workflows, [id], CancellationToken.None)));
        var instances = new List<string>();
        await foreach (var instance in host.Workflows.GetAllInstancesAsync(new OrchestrationQuery()))
            instances.Add(instance.InstanceId);
        Assert.Equal([StartRateRequest.InstanceId(id)], instances);

        var advance = new AdvanceRateRequestActivity(Get<AdvanceRateRequest>());
        await TwiceAsync(RateRequestState.Submitted, isFinal: false);
        Assert.True((await Get<DecideRateRequest>().RunAsync(id, new RateDecision(97.90m, null, null), Dealer, CancellationToken.None)).IsSuccess);
        await TwiceAsync(RateRequestState.Confirmed, isFinal: false);
        var quote = (await Get<QuoteCompletion>().RunAsync(Arta, id, null, CancellationToken.None)).Value!.Text;
        var done = await Get<CompleteRateRequest>().RunAsync(new CompletionConfirmation(Arta, id, IdempotencyKey.Of("one"), "hash", quote), CancellationToken.None);
        Assert.Equal(RateRequestState.Completed, done.Value!.State);
        await TwiceAsync(RateRequestState.Completed, isFinal: true);

        // Nobody has woken the workflow: a wake for a request without one does nothing, its own ends it, and one more comes too late.
        Assert.True((await Get<StartRateRequest>().WakeAsync(host.Workflows, done.Value with { Id = Guid.NewGuid() })).IsSuccess);
        await WakeAsync(id);
        await host.WaitForOrchestrationAsync(StartRateRequest.InstanceId(id));
        await WakeAsync(id);
        Assert.Equal(40_000_00, (await Get<FindAccount>().RunAsync(Arta, euro, CancellationToken.None)).Value!.Balance.Minor);
        Assert.Equal(979_000_00, (await Get<FindAccount>().RunAsync(Arta, lek, CancellationToken.None)).Value!.Balance.Minor);

        async Task TwiceAsync(RateRequestState state, bool isFinal)
        {
            var first = await advance.RunAsync(id, CancellationToken.None);
            Assert.Equal((state, isFinal), (first.State, first.IsFinal));
            Assert.Equal(first, await advance.RunAsync(id, CancellationToken.None));
        }
    }

    private T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    private async Task KillAsync()
    {
        var killed = host;
        await killed.KillAsync();
        host = await killed.RestartAsync();
        if (killed != bank.Host)
            await killed.DisposeAsync();
    }

    private async Task WakeAsync(Guid id) =>
        await Get<StartRateRequest>().WakeAsync(host.Workflows, (await Get<FindRateRequests>().RunAsync(Arta, id, CancellationToken.None)).Value!);

    private async Task<Guid> SubmitAsync()
    {
        var quote = await Get<QuoteExchange>().RunAsync(
            new ExchangeWish(Arta, FxOperation.Sell, euro, lek, Money.OfMinor(10_000_00, Currency.Eur), null), CancellationToken.None);
        return (await Get<SubmitRateRequest>().RunAsync(new RateRequestWish(Arta, Guid.NewGuid(), quote.Value!.Text), CancellationToken.None)).Value!.Id;
    }

    private async Task<AccountId> OpenAsync(string currency, string balance)
    {
        var opened = await Get<OpenAccount>().RunAsync(new AccountOpening(currency, Arta, Currency.Of(currency), "Llogaria", false), CancellationToken.None);
        var amount = Money.Find(balance, Currency.Of(currency))!;
        if (amount.IsPositive)
            _ = (await Get<DepositCash>().RunAsync(new CashDeposit(currency, opened.Value!.Id, amount, "Derdhje"), CancellationToken.None)).Value;
        return opened.Value!.Id;
    }
}
