using NodaTime;
using Serverless.Banking.Bills;
using Serverless.Banking.Messages;
using Serverless.Banking.Partners;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Bills.Automation;

public sealed class NewInvoiceCrashTests
{
    [Fact]
    public async Task A_poll_killed_at_any_storage_call_announces_a_new_invoice_once_to_everybody_who_waits_for_it()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(sandbox, bank => bank.Poll));

        Assert.InRange(calls, 15, 35);
    }

    [Fact]
    public async Task A_report_of_a_new_invoice_killed_at_any_storage_call_announces_it_once_and_the_poll_adds_nothing()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var calls = await CrashHarness.ForEveryStorageCallAsync(Scenario(sandbox, bank => bank.Report));

        Assert.InRange(calls, 12, 30);
    }

    [Fact]
    public async Task A_registration_under_way_keeps_its_place_in_the_polls()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await using var bank = await TestBank.StartAsync(Automation.Services(sandbox));
        var account = await sandbox.AddSubscriberAsync();
        var contract = new Contract(
            ContractId.Of(CustomerId.Of(BillScene.Arta), account), CustomerId.Of(BillScene.Arta), account, "Shtëpia", bank.Now);
        await bank.Get<InvoiceSubscriptions>().AddAsync(
            contract, await bank.Get<InvoiceTable>().ReadAsync(account, CancellationToken.None), new UnpaidAtCompany("", []), bank.Clock.GetUtcNow(), CancellationToken.None);

        // The poll runs when the index is written and the contract is not.
        await bank.Get<PollInvoices>().RunAsync(new InvoicePoll("oshee", [account.ClientCode]), CancellationToken.None);

        Assert.True(await bank.Get<ContractTable>().AddAsync(contract, IdempotencyKey.Of("key"), "hash", CancellationToken.None));
        Assert.NotNull(await bank.Get<PollingTable>().FindAsync(account, CancellationToken.None));
    }

    [Fact]
    public async Task An_account_that_nobody_waits_for_any_more_is_polled_no_more()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await using var bank = await TestBank.StartAsync(Automation.Services(sandbox));
        var scene = await ArrangeAsync(sandbox, bank);
        await bank.Get<CancelAuthorisation>().RunAsync(CustomerId.Of(BillScene.Arta), scene.Reminded, CancellationToken.None);
        foreach (var customer in new[] { BillScene.Arta, BillScene.Besa })
        {
            var removed = await bank.Get<RemoveContract>().RunAsync(
                CustomerId.Of(customer), ContractId.Of(CustomerId.Of(customer), scene.Account), CancellationToken.None);
            Assert.True(removed.IsSuccess);
        }

        bank.Clock.Advance(TimeSpan.FromHours(1));
        await scene.Poll(bank);
        await scene.Poll(bank);

        Assert.Null(await bank.Get<PollingTable>().FindAsync(scene.Account, CancellationToken.None));
        Assert.Empty(await bank.SeeNoticesAsync());
    }

    private static CrashScenario<Scene> Scenario(TestSandbox sandbox, Func<Scene, Func<TestBank, Task>> act) => new(
        Arrange: bank => ArrangeAsync(sandbox, bank),
        Act: (bank, scene) => act(scene)(bank),
        Check: async (bank, scene) =>
        {
            Assert.Equal(
                $"Push InvoiceReminder of {BillScene.Arta}, Push NewInvoice of {BillScene.Arta}, Push NewInvoice of {BillScene.Besa}",
                await bank.SeeNoticesAsync());
            return 1;
        })
    {
        Services = Automation.Services(sandbox),
        // The hourly poll comes in any case. Twice, so that what the first announced is no news to the second.
        Heal = async (bank, scene) =>
        {
            await scene.Poll(bank);
            await scene.Poll(bank);
        },
    };

    /// <summary>One account, registered by two customers and watched by a manual authorisation of one; one invoice from before and a new one.</summary>
    private static async Task<Scene> ArrangeAsync(TestSandbox sandbox, TestBank bank)
    {
        var account = await sandbox.AddSubscriberAsync();
        await sandbox.AddInvoiceAsync("oshee", account.ClientCode, $"old-{account.ClientCode[5..]}", "100.00");
        foreach (var customer in new[] { BillScene.Arta, BillScene.Besa })
        {
            var registered = await bank.Get<RegisterContract>().RunAsync(
                new ContractRegistration(CustomerId.Of(customer), IdempotencyKey.Of("contract"), "hash", "oshee", account.ClientCode, "Shtëpia"),
                CancellationToken.None);
            Assert.True(registered.IsSuccess);
        }

        // Paid elsewhere, so that only the new one is there to be told of.
        await sandbox.WithdrawAsync("oshee", $"old-{account.ClientCode[5..]}");
        var from = await bank.OpenAccountAsync(BillScene.Arta, "0.00");
        var order = Automation.Order(account, from);
        var it = await bank.AuthoriseAsync(order with { Terms = order.Terms with { Type = PaymentType.Manual, PaymentDay = null } });
        var invoice = new Invoice(
            account, $"new-{account.ClientCode[5..]}", "Arta Hoxha", BillScene.All("1707.40"), BillScene.All("0.00"), new LocalDate(2018, 9, 1), null,
            InvoiceState.Unpaid);
        await sandbox.AddInvoiceAsync("oshee", account.ClientCode, invoice.Number, "1707.40");
        return new Scene(account, invoice, it.Id);
    }

    private sealed record Scene(ClientAccount Account, Invoice Invoice, AuthorisationId Reminded)
    {
        public async Task Poll(TestBank bank)
        {
            await bank.Get<StartInvoicePolls>().RunAsync(CancellationToken.None);
            foreach (var poll in bank.Get<WorkMessages>().Take<InvoicePoll>(WorkQueues.InvoicePolls))
                await bank.Get<PollInvoices>().RunAsync(poll, CancellationToken.None);
        }

        public Task Report(TestBank bank) => bank.Get<AnnounceInvoices>().RunAsync(Invoice, CancellationToken.None);
    }
}
