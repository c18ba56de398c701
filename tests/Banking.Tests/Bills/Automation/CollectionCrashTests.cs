using NodaTime;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Bills.Automation;

public sealed class CollectionCrashTests
{
    private const string Number = "000000009";

    [Fact, ProvesCrashSafety(typeof(CollectBills))]
    public async Task A_collection_killed_at_any_storage_call_pays_the_invoice_once_and_comes_again_next_month()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(
            sandbox,
            balance: "2000.00",
            expected: $"""
                balance ALL 292.60, claim Paid, company confirmed, open 0
                next 2026-04-05 of attempt 0, pointers 04-05
                Email InvoicePaid of {BillScene.Arta}
                """));

        Assert.InRange(calls, 20, 40);
    }

    [Fact]
    public async Task A_collection_that_lacks_money_and_is_killed_at_any_storage_call_tells_so_once_and_comes_again_the_next_day()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(
            sandbox,
            balance: "100.00",
            expected: $"""
                balance ALL 100.00, claim none, company nothing, open 0
                next 2026-03-06 of attempt 1, pointers 03-06
                Push AutomaticPaymentRetried of {BillScene.Arta}
                """));

        Assert.InRange(calls, 12, 25);
    }

    [Fact]
    public async Task A_collection_whose_messages_all_come_twice_pays_once()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await using var bank = await TestBank.StartAsync(Automation.Services(sandbox));
        var scene = await ArrangeAsync(sandbox, bank, "2000.00");
        bank.Get<WorkMessages>().Duplicates = true;

        await bank.CollectAsync();

        Assert.StartsWith("balance ALL 292.60, claim Paid, company confirmed, open 0", await SeeAsync(sandbox, bank, scene), StringComparison.Ordinal);
        Assert.Equal($"Email InvoicePaid of {BillScene.Arta}", await bank.SeeNoticesAsync());
    }

    [Fact]
    public async Task A_collection_whose_message_is_lost_is_made_by_the_timers_next_run()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await using var bank = await TestBank.StartAsync(Automation.Services(sandbox));
        var scene = await ArrangeAsync(sandbox, bank, "2000.00");
        bank.Get<WorkMessages>().Loses = true;
        await bank.CollectAsync();
        Assert.StartsWith("balance ALL 2000.00", await SeeAsync(sandbox, bank, scene), StringComparison.Ordinal);

        bank.Get<WorkMessages>().Loses = false;
        bank.Clock.Advance(TimeSpan.FromDays(1));
        await bank.CollectAsync();

        Assert.StartsWith("balance ALL 292.60, claim Paid, company confirmed, open 0", await SeeAsync(sandbox, bank, scene), StringComparison.Ordinal);
    }

    private static CrashScenario<Scene> Scenario(TestSandbox sandbox, string balance, string expected) => new(
        Arrange: bank => ArrangeAsync(sandbox, bank, balance),
        Act: (bank, _) => bank.CollectAsync(),
        Check: async (bank, scene) =>
        {
            Assert.Equal(expected, await SeeAsync(sandbox, bank, scene));
            return 1;
        })
    {
        Services = Automation.Services(sandbox),
        Heal = async (bank, _) =>
        {
            await bank.SweepPaymentsAsync();
            await bank.CollectAsync();
        },
    };

    /// <summary>An invoice of 1707.40 ALL, and the run of its authorisation's payment day: 5 March 2026, 06:00.</summary>
    private static async Task<Scene> ArrangeAsync(TestSandbox sandbox, TestBank bank, string balance)
    {
        var account = await sandbox.AddSubscriberAsync();
        await sandbox.AddInvoiceAsync("oshee", account.ClientCode, Unique(account), "1707.40", issuedOn: "2026-03-01");
        var from = await bank.OpenAccountAsync(BillScene.Arta, balance);
        var it = await bank.AuthoriseAsync(Automation.Order(account, from));
        bank.Clock.Advance(PaymentCalendar.RunAt(new LocalDate(2026, 3, 5)).ToDateTimeOffset() - bank.Clock.GetUtcNow());
        return new Scene(account, from, it.Id);
    }

    private static async Task<string> SeeAsync(TestSandbox sandbox, TestBank bank, Scene scene)
    {
        await bank.SettleAsync();
        var claim = await bank.Get<InvoiceClaims>().FindAsync(scene.Account, Unique(scene.Account), CancellationToken.None);
        var booked = (await sandbox.BookedAsync("oshee")).Where(line => line.StartsWith(Unique(scene.Account), StringComparison.Ordinal));
        var company = string.Join(' ', booked.Select(line => line.Split(' ')[1]));
        var next = (await bank.Get<AuthorisationTable>().FindAsync(CustomerId.Of(BillScene.Arta), scene.Authorisation, CancellationToken.None))!.It.Next!;
        return $"""
            balance {await bank.BalanceAsync(scene.From)}, claim {claim?.State ?? "none"}, company {(company.Length == 0 ? "nothing" : company)}, open {await BillScene.OpenAsync(bank)}
            next {next.On:uuuu-MM-dd} of attempt {next.Attempt}, pointers {await bank.SeePointersAsync()}
            {await bank.SeeNoticesAsync()}
            """;
    }

    /// <summary>Numbers are unique per company, and all runs share one.</summary>
    private static string Unique(ClientAccount account) => Number + account.ClientCode[5..];

    private sealed record Scene(ClientAccount Account, AccountId From, AuthorisationId Authorisation);
}
