using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Bills;

public sealed class CrashTests
{
    [Fact, ProvesCrashSafety(typeof(PayInvoice))]
    public async Task A_payment_killed_at_any_storage_call_is_made_once_or_not_at_all()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(sandbox, knobs: null, paid: true));

        Assert.Equal(10, calls);
    }

    [Fact]
    public async Task A_payment_that_the_company_refuses_and_that_is_killed_at_any_storage_call_ends_without_taking_money()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(sandbox, """{"refuseWith":"withdrawn"}""", paid: false));

        Assert.InRange(calls, 12, 25);
    }

    [Fact]
    public async Task A_payment_whose_first_answer_is_lost_and_that_is_killed_at_any_storage_call_is_made_once_or_not_at_all()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(sandbox, """{"loseAnswerRate":1}""", paid: true));

        Assert.InRange(calls, 8, 25);
    }

    [Theory]
    [InlineData(KillMoment.Before)]
    [InlineData(KillMoment.After)]
    public async Task A_payment_killed_while_it_tells_the_company_is_finished_by_the_sweeper(KillMoment moment)
    {
        var line = new DyingLine(moment);
        await using var scene = await BillScene.StartAsync(services => services.Configure<PartnersOptions>(options => options.Transport = () => line));
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "2000.00");
        line.IsDying = true;
        await Assert.ThrowsAsync<ProcessKilledException>(() => scene.PayAsync(arta, "one"));

        line.IsDying = false;
        await using var restarted = scene.Bank.Restarted();
        await restarted.Get<SweepJournals>().RunAsync(NodaTime.Instant.MaxValue, CancellationToken.None);
        Assert.Empty(await restarted.Get<SweepPayments>().RunAsync(NodaTime.Instant.MaxValue, CancellationToken.None));

        Assert.Equal(
            """
            invoice Paid
            balance ALL 292.60
            company 000000001 confirmed
            open 0
            """,
            await scene.SeeAsync(arta));
    }

    [Fact]
    public async Task A_payment_killed_before_its_debit_and_found_too_late_is_ended_and_its_invoice_is_free()
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "2000.00");
        // The fifth call is the debit: intent, record, entry and claim are there, and no money has moved.
        scene.Bank.Storage.KillAt(5, KillMoment.Before);
        await Assert.ThrowsAsync<ProcessKilledException>(() => scene.PayAsync(arta, "one"));

        await using var restarted = scene.Bank.Restarted();
        restarted.Clock.Advance(TimeSpan.FromHours(2));
        await restarted.Get<SweepPayments>().RunAsync(CancellationToken.None);

        Assert.Equal(new PaymentInterrupted(), (await BillScene.PayAsync(restarted, arta, "one")).Error);
        Assert.Equal(0, await BillScene.OpenAsync(restarted));
        Assert.Empty(await scene.Sandbox.BookedAsync("oshee"));
        Assert.Equal(PaymentState.Paid, (await BillScene.PayAsync(restarted, arta, "two")).Value!.State);
        Assert.Equal("ALL 292.60", (await restarted.BalanceAsync(arta)).ToString());
        await restarted.ProveAsync();
    }

    [Fact]
    public async Task A_registration_killed_at_any_storage_call_leaves_a_contract_that_is_polled_or_none()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var registration = new ContractRegistration(
            CustomerId.Of(BillScene.Arta), IdempotencyKey.Of("one"), "hash", BillScene.Oshee.Company.Value, BillScene.Oshee.ClientCode, "Test Test");
        var id = ContractId.Of(registration.Customer, BillScene.Oshee);

        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Nothing>(
            Arrange: _ => Task.FromResult(default(Nothing)),
            Act: async (bank, _) => Assert.Equal(id, (await bank.Get<RegisterContract>().RunAsync(registration, CancellationToken.None)).Value!.Id),
            Check: async (bank, _) =>
            {
                if (await bank.Get<ContractTable>().FindAsync(registration.Customer, id, CancellationToken.None) is null)
                    return 0;
                Assert.Equal([(registration.Customer, id)], await bank.Get<InvoiceSubscriptions>().ListAsync(BillScene.Oshee, CancellationToken.None));
                Assert.Equal([BillScene.Number], (await bank.Get<InvoiceTable>().ReadAsync(BillScene.Oshee, CancellationToken.None)).Open().Select(i => i.Number));
                return 1;
            })
        {
            Services = BillScene.Services(sandbox),
        });

        Assert.Equal(6, calls);
    }

    /// <summary>One invoice and one account per run of the harness, all at one sandbox.</summary>
    private static CrashScenario<Scene> Scenario(TestSandbox sandbox, string? knobs, bool paid) => new(
        Arrange: async bank =>
        {
            await sandbox.MakeWellAsync("oshee");
            var number = Guid.NewGuid().ToString("N")[..20];
            await sandbox.AddInvoiceAsync("oshee", BillScene.Oshee.ClientCode, number, "1707.40");
            var account = await bank.OpenAccountAsync(BillScene.Arta, "2000.00");
            if (knobs is not null)
                await sandbox.TurnAsync("oshee", knobs);
            return new Scene(account, number);
        },
        Act: (bank, scene) => bank.Get<PayInvoice>().RunAsync(BillScene.Order(scene.Account, scene.Number) with { InvoiceNumber = scene.Number }, CancellationToken.None),
        Check: async (bank, scene) =>
        {
            Assert.Equal(0, await BillScene.OpenAsync(bank));
            var claim = await bank.Get<InvoiceClaims>().FindAsync(BillScene.Oshee, scene.Number, CancellationToken.None);
            var booked = (await sandbox.BookedAsync("oshee")).Where(line => line.StartsWith(scene.Number, StringComparison.Ordinal)).ToArray();
            var seen = $"{await bank.BalanceAsync(scene.Account)}, {claim?.State ?? "unclaimed"}, {string.Join(' ', booked)}";
            return (paid, seen) switch
            {
                (true, var all) when all == $"ALL 292.60, Paid, {scene.Number} confirmed" => 1,
                (false, var all) when all == $"ALL 2000.00, Failed, {scene.Number} refused" => 1,
                (_, "ALL 2000.00, unclaimed, ") => 0,
                _ => throw new Xunit.Sdk.XunitException(seen),
            };
        })
    {
        Services = BillScene.Services(sandbox),
        Heal = async (bank, _) =>
        {
            await sandbox.TurnAsync("oshee", knobs is not null && knobs.Contains("refuse", StringComparison.Ordinal) ? knobs : "{}");
            foreach (var pending in await bank.Get<SweepPayments>().RunAsync(NodaTime.Instant.MaxValue, CancellationToken.None))
                await bank.Get<AskForSettlement>().RunAsync(pending, CancellationToken.None);
        },
    };

    private sealed record Scene(AccountId Account, string Number);

    private sealed class DyingLine(KillMoment moment) : DelegatingHandler(new SocketsHttpHandler())
    {
        public bool IsDying { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!IsDying || request.Method != HttpMethod.Post)
                return await base.SendAsync(request, cancellationToken);
            if (moment == KillMoment.After)
                (await base.SendAsync(request, cancellationToken)).Dispose();
            throw new ProcessKilledException();
        }
    }
}
