using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Bills;

/// <summary>The ways on which a payment comes to its end later, and the customer's own confirmation, each killed at every storage call; who is told of the end is told once.</summary>
public sealed class SettlementCrashTests
{
    private const string LeavesPending = """{"pendingRate":1,"settleAfterMs":null}""";

    [Fact, ProvesCrashSafety(typeof(ConfirmPayment))]
    public async Task A_confirmation_killed_at_any_storage_call_pays_once_or_not_at_all()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(
            sandbox,
            arrange: async (bank, scene) => scene with
            {
                Quote = (await bank.Get<QuotePayment>().RunAsync(
                    CustomerId.Of(BillScene.Arta), new QuoteSubject.OfClientCode(BillScene.Oshee.Company.Value, BillScene.Oshee.ClientCode, scene.Number),
                    scene.Account, CancellationToken.None)).Value!.Id,
            },
            act: (bank, scene) => bank.Get<ConfirmPayment>().RunAsync(
                new PaymentConfirmation(CustomerId.Of(BillScene.Arta), IdempotencyKey.Of(scene.Number), "hash", scene.Quote, null, null), CancellationToken.None),
            before: "ALL 2000.00, unclaimed, ",
            after: "ALL 292.60, Paid, NUMBER confirmed"));

        Assert.InRange(calls, 11, 12);
    }

    [Fact, ProvesCrashSafety(typeof(SettlePayment))]
    public async Task A_companys_refusal_killed_at_any_storage_call_gives_the_money_back_once()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(
            sandbox,
            arrange: (bank, scene) => PendingAsync(bank, sandbox, scene, refusal: "withdrawn"),
            act: (bank, scene) => bank.Get<SettlePayment>().RunAsync(
                BillScene.Oshee.Company, scene.Payment, new Settlement.Refused(RefusalReason.Withdrawn), CancellationToken.None),
            before: "ALL 292.60, Held, NUMBER refused",
            after: "ALL 2000.00, Failed, NUMBER refused",
            tells: $"Push PaymentReturned of {BillScene.Arta}"));

        Assert.InRange(calls, 8, 23);
    }

    [Fact, ProvesCrashSafety(typeof(AskForSettlement))]
    public async Task Asking_the_company_killed_at_any_storage_call_settles_once()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(
            sandbox,
            arrange: async (bank, scene) =>
            {
                await bank.AuthoriseAsync(Automation.Automation.Order(BillScene.Oshee, scene.Account));
                return await PendingAsync(bank, sandbox, scene);
            },
            act: (bank, scene) => bank.Get<AskForSettlement>().RunAsync(scene.Payment, CancellationToken.None),
            before: "ALL 292.60, Held, NUMBER confirmed",
            after: "ALL 292.60, Paid, NUMBER confirmed",
            tells: $"Email InvoicePaid of {BillScene.Arta}"));

        Assert.InRange(calls, 6, 20);
    }

    [Fact, ProvesCrashSafety(typeof(DecideChange))]
    public async Task What_staff_found_out_about_an_unresolved_payment_killed_at_any_storage_call_gives_the_money_back_once()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(
            sandbox,
            arrange: async (bank, scene) =>
            {
                scene = await PendingAsync(bank, sandbox, scene, refusal: "withdrawn");
                Assert.Equal(PaymentState.Unresolved, await bank.Get<GiveUpSettlement>().RunAsync(scene.Payment, CancellationToken.None));
                var change = await bank.Get<ProposeChange>().RunAsync(
                    UnresolvedSettlement.Refused("key", CustomerId.Of(BillScene.Arta), scene.Payment, "Telefon"), AuditActor.Staff("ilir"), CancellationToken.None);
                return scene with { Change = change.Value!.Id };
            },
            act: async (bank, scene) =>
            {
                var decided = await bank.Get<DecideChange>().RunAsync(scene.Change, ChangeDecision.Approve, null, AuditActor.Staff("mira"), CancellationToken.None);
                Assert.Equal(ChangeState.Applied, decided.Value?.State);
            },
            before: "ALL 292.60, Paying, NUMBER refused",
            after: "ALL 2000.00, Failed, NUMBER refused",
            tells: $"Push PaymentReturned of {BillScene.Arta}"));

        Assert.InRange(calls, 14, 35);
    }

    [Fact, ProvesCrashSafety(typeof(HandleBillerWebhook))]
    public async Task A_companys_webhook_killed_at_any_storage_call_settles_once()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(
            sandbox,
            arrange: (bank, scene) => PendingAsync(bank, sandbox, scene, refusal: "withdrawn"),
            act: async (bank, scene) =>
            {
                var handled = await bank.Get<HandleBillerWebhook>().RunAsync(Refusal(scene.Payment), CancellationToken.None);
                Assert.True(handled.IsSuccess);
            },
            before: "ALL 292.60, Held, NUMBER refused",
            after: "ALL 2000.00, Failed, NUMBER refused",
            tells: $"Push PaymentReturned of {BillScene.Arta}"));

        Assert.InRange(calls, 8, 23);
    }

    [Fact, ProvesCrashSafety(typeof(SweepPayments))]
    public async Task A_sweep_of_payments_killed_at_any_storage_call_is_finished_by_the_next()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(
            sandbox,
            arrange: async (bank, scene) =>
            {
                // The account is debited, and the company has not heard of it.
                bank.Storage.KillAt(7, KillMoment.After);
                await Assert.ThrowsAsync<ProcessKilledException>(() => PayAsync(bank, scene));
                bank.Storage.Reset();
                return scene;
            },
            act: (bank, _) => SweepAsync(bank),
            before: "ALL 292.60, Held, ",
            after: "ALL 292.60, Paid, NUMBER confirmed"));

        Assert.InRange(calls, 8, 25);
    }

    private static CrashScenario<Scene> Scenario(
        TestSandbox sandbox, Func<TestBank, Scene, Task<Scene>> arrange, Func<TestBank, Scene, Task> act, string before, string after, string tells = "") => new(
        Arrange: async bank =>
        {
            await sandbox.MakeWellAsync("oshee");
            var number = Guid.NewGuid().ToString("N")[..20];
            await sandbox.AddInvoiceAsync("oshee", BillScene.Oshee.ClientCode, number, "1707.40");
            var account = await bank.OpenAccountAsync(BillScene.Arta, "2000.00");
            return await arrange(bank, new Scene(account, number));
        },
        Act: act,
        Check: async (bank, scene) =>
        {
            var claim = await bank.Get<InvoiceClaims>().FindAsync(BillScene.Oshee, scene.Number, CancellationToken.None);
            var booked = (await sandbox.BookedAsync("oshee")).Where(line => line.StartsWith(scene.Number, StringComparison.Ordinal));
            var seen = $"{await bank.BalanceAsync(scene.Account)}, {claim?.State ?? "unclaimed"}, {string.Join(' ', booked)}".Replace(scene.Number, "NUMBER", StringComparison.Ordinal);
            Assert.Contains(seen, new[] { before, after });
            Assert.Equal((0, tells), seen == after ? (await BillScene.OpenAsync(bank), await bank.SeeNoticesAsync()) : (0, tells));
            return seen == after ? 1 : 0;
        })
        {
            Services = services =>
            {
                Automation.Automation.Services(sandbox)(services);
                services.AddApprovals();
                // The harness lets minutes pass between the kill and the repeat.
                services.Configure<BillsOptions>(options => options.QuoteLifetime = TimeSpan.FromHours(1));
            },
            Heal = (bank, _) => SweepAsync(bank),
        };

    private static async Task SweepAsync(TestBank bank)
    {
        foreach (var pending in await bank.Get<SweepPayments>().RunAsync(NodaTime.Instant.MaxValue, CancellationToken.None))
            await bank.Get<AskForSettlement>().RunAsync(pending, CancellationToken.None);
        await bank.Get<SettleChanges>().RunAsync(CancellationToken.None);
    }

    /// <summary>Debited and told; the company decided later, and the bank does not know yet.</summary>
    private static async Task<Scene> PendingAsync(TestBank bank, TestSandbox sandbox, Scene scene, string? refusal = null)
    {
        await sandbox.TurnAsync("oshee", LeavesPending);
        var payment = (await PayAsync(bank, scene)).Value!;
        Assert.Equal(PaymentState.Pending, payment.State);
        await sandbox.SettleAsync("oshee", payment.Id.Value, refusal);
        return scene with { Payment = payment.Id };
    }

    private static Task<Result<Payment>> PayAsync(TestBank bank, Scene scene) =>
        bank.Get<PayInvoice>().RunAsync(BillScene.Order(scene.Account, scene.Number) with { InvoiceNumber = scene.Number }, CancellationToken.None);

    private static PartnerMessage Refusal(PaymentId payment)
    {
        var body = $$$"""{"type":"payment.settled","data":{"paymentId":"{{{payment.Value:N}}}","status":"refused","code":"withdrawn"}}""";
        return PartnerMessage.Of("oshee", "evt-1", Encoding.UTF8.GetBytes(body));
    }

    private sealed record Scene(AccountId Account, string Number)
    {
        public string Quote { get; init; } = "";

        public PaymentId Payment { get; init; }

        public ChangeId Change { get; init; }
    }
}
