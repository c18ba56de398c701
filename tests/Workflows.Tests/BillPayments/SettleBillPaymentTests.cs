using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Testing;
using Serverless.Workflows.BillPayments;

namespace Serverless.Workflows.Tests.BillPayments;

/// <summary>The workflow that asks a company what became of a pending payment: each path once, each activity twice.</summary>
public sealed class SettleBillPaymentTests : IAsyncLifetime
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    private static readonly ClientAccount Oshee = new(new CompanyId("oshee"), "TR0.A0000000000000");

    private HttpBank bank = null!;
    private TestSandbox sandbox = null!;
    private AccountId account;

    public async ValueTask InitializeAsync()
    {
        bank = await HttpBank.StartAsync(options => options.Settings["Partners:Billers:oshee:Retries"] = "0");
        sandbox = TestSandbox.Of(bank);

        // The company tells nothing by itself: here it is the workflow that finds out.
        bank.SandboxApplication.Configuration["Bank:WebhookBaseUrl"] = "";
        var opened = await Get<OpenAccount>().RunAsync(new AccountOpening("one", Arta, Currency.All, "Llogaria", true), CancellationToken.None);
        account = opened.Value!.Id;
        _ = (await Get<DepositCash>().RunAsync(new CashDeposit("one", account, All("2000.00"), "Derdhje"), CancellationToken.None)).Value;
        await sandbox.TurnAsync("oshee", """{"pendingRate":1,"settleAfterMs":null}""");
    }

    public async ValueTask DisposeAsync()
    {
        await sandbox.DisposeAsync();
        await bank.DisposeAsync();
    }

    [Fact]
    public async Task A_company_that_confirms_after_some_questions_settles_the_payment()
    {
        var payment = await PayAsync();
        await StartAsync(payment);
        await bank.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(PaymentState.Pending, await StateAsync(payment));

        await sandbox.SettleAsync("oshee", payment.Value);
        await bank.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(SettlementOutcome.Settled, await OutcomeAsync(payment));
        Assert.Equal("Paid ALL 292.60", $"{await StateAsync(payment)} {await BalanceAsync()}");
    }

    [Fact]
    public async Task A_company_that_refuses_in_the_end_gets_the_money_given_back()
    {
        var payment = await PayAsync();
        await sandbox.SettleAsync("oshee", payment.Value, "withdrawn");
        await StartAsync(payment);

        Assert.Equal(SettlementOutcome.Settled, await OutcomeAsync(payment));
        Assert.Equal("Failed ALL 2000.00", $"{await StateAsync(payment)} {await BalanceAsync()}");
    }

    [Fact]
    public async Task Silence_beyond_the_deadline_hands_the_payment_to_staff_with_the_money_debited()
    {
        var payment = await PayAsync();
        await StartAsync(payment);
        await bank.AdvanceAsync(TimeSpan.FromDays(4));

        Assert.Equal(SettlementOutcome.Unresolved, await OutcomeAsync(payment));
        Assert.Equal("Unresolved ALL 292.60", $"{await StateAsync(payment)} {await BalanceAsync()}");
    }

    [Fact]
    public async Task A_payment_settled_otherwise_meanwhile_ends_the_workflow()
    {
        var payment = await PayAsync();
        await Get<SettlePayment>().RunAsync(Oshee.Company, payment, new Settlement.Confirmed("R-1"), CancellationToken.None);
        await StartAsync(payment);

        Assert.Equal(SettlementOutcome.Settled, await OutcomeAsync(payment));
        Assert.Equal("Paid ALL 292.60", $"{await StateAsync(payment)} {await BalanceAsync()}");
    }

    [Fact]
    public async Task Starting_twice_runs_one_workflow()
    {
        var payment = await PayAsync();
        await Task.WhenAll(StartAsync(payment), StartAsync(payment), StartAsync(payment));

        var instances = new List<string>();
        await foreach (var instance in bank.Host.Workflows.GetAllInstancesAsync(new OrchestrationQuery()))
            instances.Add(instance.InstanceId);
        Assert.Equal([StartSettlement.InstanceId(payment)], instances);
    }

    [Fact]
    public async Task Each_activity_may_run_twice()
    {
        var payment = await PayAsync();
        var ask = new AskForSettlementActivity(Get<AskForSettlement>());
        var giveUp = new GiveUpSettlementActivity(Get<GiveUpSettlement>());

        Assert.False(await ask.RunAsync(payment.Value, CancellationToken.None));
        Assert.False(await ask.RunAsync(payment.Value, CancellationToken.None));
        await giveUp.RunAsync(payment.Value, CancellationToken.None);
        await giveUp.RunAsync(payment.Value, CancellationToken.None);
        Assert.Equal(PaymentState.Unresolved, await StateAsync(payment));

        await sandbox.SettleAsync("oshee", payment.Value);
        Assert.True(await ask.RunAsync(payment.Value, CancellationToken.None));
        Assert.True(await ask.RunAsync(payment.Value, CancellationToken.None));
        await giveUp.RunAsync(payment.Value, CancellationToken.None);
        Assert.Equal("Paid ALL 292.60", $"{await StateAsync(payment)} {await BalanceAsync()}");
    }

    [Fact]
    public async Task The_sweeper_starts_a_workflow_that_was_lost_with_its_starter()
    {
        var payment = await PayAsync();
        await sandbox.SettleAsync("oshee", payment.Value);

        // Moving the clock also fires the sweeper, which finds a pending payment that nobody asks about.
        await bank.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(SettlementOutcome.Settled, await OutcomeAsync(payment));
        Assert.Equal("Paid ALL 292.60", $"{await StateAsync(payment)} {await BalanceAsync()}");
    }

    private static Money All(string amount) => Money.Find(amount, Currency.All)!;

    private T Get<T>()
        where T : notnull => bank.Host.Services.GetRequiredService<T>();

    private async Task<PaymentId> PayAsync()
    {
        var order = new PaymentOrder(
            Arta, IdempotencyKey.Of("one"), "hash", PaymentOrigin.Customer, Oshee, "000000001", All("1707.40"), All("0.00"), account, null);
        var payment = (await Get<PayInvoice>().RunAsync(order, CancellationToken.None)).Value!;
        Assert.Equal(PaymentState.Pending, payment.State);
        return payment.Id;
    }

    private Task StartAsync(PaymentId payment) => Get<StartSettlement>().MissingAsync(bank.Host.Workflows, [payment], CancellationToken.None);

    private async Task<SettlementOutcome> OutcomeAsync(PaymentId payment) =>
        (await bank.Host.WaitForOrchestrationAsync(StartSettlement.InstanceId(payment))).ReadOutputAs<SettlementOutcome>();

    private async Task<PaymentState> StateAsync(PaymentId payment) => (await Get<FindPayment>().RunAsync(Arta, payment, CancellationToken.None)).Value!.State;

    private async Task<Money> BalanceAsync() => (await Get<FindAccount>().RunAsync(Arta, account, CancellationToken.None)).Value!.Balance;
}
