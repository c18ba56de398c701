using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Audit;
using Serverless.Banking.Calendar;
using Serverless.Banking.Interbank;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;
using Serverless.Testing;
using Serverless.Workflows.InterbankTransfers;

namespace Serverless.Workflows.Tests.InterbankTransfers;

/// <summary>The workflow of a transfer to another bank: events early, late and twice; activities twice; a start that was lost.</summary>
public sealed class InterbankTransferTests : IAsyncLifetime
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    private HttpBank bank = null!;
    private AccountId account;
    private int keys;

    public async ValueTask InitializeAsync()
    {
        bank = await HttpBank.StartAsync(options => options.Settings["Partners:Interbank:Retries"] = "0");

        // The network tells nothing by itself: here it is the workflow that finds out.
        bank.SandboxApplication.Configuration["Bank:WebhookBaseUrl"] = "";
        var calendar = Get<BankCalendar>();
        var opening = BankTime.Tirane.AtLeniently(calendar.SameOrNext(calendar.Today.PlusDays(1)).At(new LocalTime(9, 0))).ToInstant();
        await bank.AdvanceAsync((opening - Now).ToTimeSpan());
        using var turned = await bank.Sandbox.PutAsync("knobs/interbank", HttpBank.Json("""{"pendingRate":1,"settleAfterMs":null}"""));
        turned.EnsureSuccessStatusCode();
        var opened = await Get<OpenAccount>().RunAsync(new AccountOpening("one", Arta, Currency.All, "Llogaria", true), CancellationToken.None);
        account = opened.Value!.Id;
        _ = (await Get<DepositCash>().RunAsync(new CashDeposit("one", account, All("10000.00"), "Derdhje"), CancellationToken.None)).Value;
    }

    public ValueTask DisposeAsync() => bank.DisposeAsync();

    [Fact]
    public async Task Events_that_come_before_there_is_news_twice_or_after_the_end_change_nothing()
    {
        var transfer = await TakeAsync("Besa");
        var start = Get<StartInterbankTransfer>();
        await start.MissingAsync(bank.Host.Workflows, [transfer], CancellationToken.None);
        await SentAsync(transfer);

        for (var i = 0; i < 3; i++)
        {
            await start.WakeAsync(bank.Host.Workflows, transfer, InterbankTransferOrchestrator.NetworkAnswered, CancellationToken.None);
            await start.WakeAsync(bank.Host.Workflows, transfer, InterbankTransferOrchestrator.ScreeningDecided, CancellationToken.None);
        }

        Assert.Equal("9000.00 Sent", await SeeAsync(transfer));
        await DeskAsync(transfer, "settle");
        await start.WakeAsync(bank.Host.Workflows, transfer, InterbankTransferOrchestrator.NetworkAnswered, CancellationToken.None);

        Assert.Equal(InterbankOrderState.Settled, (await OutcomeAsync(transfer)).State);
        await start.WakeAsync(bank.Host.Workflows, transfer, InterbankTransferOrchestrator.NetworkAnswered, CancellationToken.None);
        Assert.Equal("9000.00 Settled", await SeeAsync(transfer));
    }

    [Fact]
    public async Task Starting_twice_runs_one_workflow_and_a_lost_start_is_made_up_for()
    {
        var (one, lost) = (await TakeAsync("Besa"), await TakeAsync("Besa"));
        var start = Get<StartInterbankTransfer>();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => start.MissingAsync(bank.Host.Workflows, [one], CancellationToken.None)));
        await SentAsync(one);

        // Moving the clock fires the sweeper, which finds an order that nobody carries.
        await bank.AdvanceAsync(TimeSpan.FromMinutes(10));
        await SentAsync(lost);

        var instances = new List<string>();
        await foreach (var instance in bank.Host.Workflows.GetAllInstancesAsync(new OrchestrationQuery()))
            instances.Add(instance.InstanceId);
        Assert.Equal(new[] { one, lost }.Select(StartInterbankTransfer.InstanceId).Order(), instances.Order());
    }

    [Fact]
    public async Task Each_activity_may_run_twice()
    {
        var transfer = await TakeAsync("Viktor");
        var begin = new BeginInterbankTransferActivity(Get<BeginInterbankOrder>());
        var expire = new ExpireScreeningActivity(Get<ExpireScreening>());
        var send = new SendInterbankOrderActivity(Get<SendInterbankOrder>());
        var giveUp = new GiveUpInterbankOrderActivity(Get<GiveUpInterbankOrder>());

        await TwiceAsync(async () => Assert.Equal(InterbankOrderState.Suspended, (await begin.RunAsync(transfer.Value, CancellationToken.None)).State));
        await TwiceAsync(async () => Assert.Equal(InterbankOrderState.Suspended, (await expire.RunAsync(transfer.Value, CancellationToken.None)).State));
        await TwiceAsync(async () => Assert.True((await Get<DecideScreening>().RunAsync(transfer, approve: true, AuditActor.Staff("officer-1"), CancellationToken.None)).IsSuccess));
        await TwiceAsync(async () => Assert.Equal(InterbankOrderState.Sent, await send.RunAsync(transfer.Value, CancellationToken.None)));
        await TwiceAsync(() => giveUp.RunAsync(transfer.Value, CancellationToken.None));
        Assert.Equal("9000.00 Sent", await SeeAsync(transfer));
        await DeskAsync(transfer, "reject");
        await TwiceAsync(async () => Assert.Equal(InterbankOrderState.Rejected, await send.RunAsync(transfer.Value, CancellationToken.None)));
        Assert.Equal("10000.00 Rejected", await SeeAsync(transfer));
    }

    private static Money All(string amount) => Money.Find(amount, Currency.All)!;

    private static async Task TwiceAsync(Func<Task> act)
    {
        await act();
        await act();
    }

    private Instant Now => Instant.FromDateTimeOffset(Get<TimeProvider>().GetUtcNow());

    private T Get<T>()
        where T : notnull => bank.Host.Services.GetRequiredService<T>();

    /// <summary>Taken and not started: 900.00 and the fee of 100.00 are held.</summary>
    private async Task<TransferId> TakeAsync(string firstName)
    {
        var device = new OrderingDevice(IsTrusted: true, "mobile");
        var quote = await Get<QuoteInterbankTransfer>().RunAsync(
            TransferKind.National,
            new InterbankTransferRequest(
                Arta, "Arta Hoxha", account,
                new InterbankPayeeChoice.ByIban(firstName, "Sanksioni", "AL47212110090000000235698741", new PayeeAddress(null, "Tirana", null, "AL")),
                All("900.00"), "Qira", FeeBearer.Shared, null, device),
            CancellationToken.None);
        var key = IdempotencyKey.Of($"key-{Interlocked.Increment(ref keys)}");
        var taken = await Get<SendInterbankTransfer>().RunAsync(
            new TransferConfirmation(TransferKind.National, Arta, key, key.Value, quote.Value!.Text, device) { PayAgain = true }, CancellationToken.None);
        return taken.Value!.Id;
    }

    /// <summary>What is available, and the transfer's state.</summary>
    private async Task<string> SeeAsync(TransferId transfer)
    {
        var available = (await Get<FindAccount>().RunAsync(Arta, account, CancellationToken.None)).Value!.Available.ToDecimalString();
        return $"{available} {(await Get<FindTransfer>().RunAsync(Arta, transfer, CancellationToken.None)).Value!.Transfer.State}";
    }

    private Task SentAsync(TransferId transfer) => Eventually.IsTrueAsync(async () =>
        (await Get<FindTransfer>().RunAsync(Arta, transfer, CancellationToken.None)).Value!.Transfer.State == TransferState.Sent);

    private async Task DeskAsync(TransferId transfer, string action)
    {
        using var done = await bank.Sandbox.PostAsJsonAsync($"networks/interbank/messages/{transfer.Value:N}/{action}", new JsonObject());
        done.EnsureSuccessStatusCode();
    }

    private async Task<InterbankOutcome> OutcomeAsync(TransferId transfer) =>
        (await bank.Host.WaitForOrchestrationAsync(StartInterbankTransfer.InstanceId(transfer))).ReadOutputAs<InterbankOutcome>()!;
}
