using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Bills;
using Serverless.Banking.Messages;
using Serverless.Banking.Storage;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Bills.Automation;

/// <summary>An active authorisation without its pointer would be forgotten: nobody else knows when it is due.</summary>
public sealed class PointerRaceTests
{
    private static readonly CustomerId Arta = CustomerId.Of(BillScene.Arta);

    [Fact]
    public async Task A_reopening_in_the_middle_of_a_cancellation_keeps_its_pointer()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await using var bank = await TestBank.StartAsync(Automation.Services(sandbox));
        await using var other = bank.Restarted();
        var it = await bank.AuthoriseAsync(Automation.Order(await sandbox.AddSubscriberAsync(), await bank.OpenAccountAsync(BillScene.Arta, "0.00")));

        bank.Storage.Break(call =>
        {
            // The cancellation is written, and its pointer not yet removed.
            if (call.Method == "DELETE" && call.Target.Contains("BillCollections", StringComparison.Ordinal))
                Assert.True(Task.Run(() => other.Get<ReopenAuthorisation>().RunAsync(Arta, it.Id, terms => terms, CancellationToken.None)).Result.IsSuccess);
            return StorageFault.None;
        });
        await bank.Get<CancelAuthorisation>().RunAsync(Arta, it.Id, CancellationToken.None);
        bank.Storage.Reset();

        var now = (await bank.Get<FindAuthorisation>().RunAsync(Arta, it.Id, CancellationToken.None)).Value!;
        Assert.Equal((AuthorisationState.Active, 1), (now.State, now.Closures.Count));
        Assert.Equal("03-05", await bank.SeePointersAsync());
    }

    [Fact]
    public async Task A_pointer_whose_authorisation_may_be_about_to_be_written_is_left_and_an_old_one_dropped()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await using var bank = await TestBank.StartAsync(Automation.Services(sandbox));
        bank.Clock.Advance(PaymentCalendar.RunAt(new LocalDate(2026, 3, 5)).ToDateTimeOffset() - bank.Clock.GetUtcNow());
        var id = AuthorisationId.Of(Arta, IdempotencyKey.Of("under-way"));
        await bank.Get<BankTables>().Open(CollectionKeys.Table).AddEntityAsync(
            new TableEntity(CollectionKeys.Partition(id), CollectionKeys.Row(PaymentCalendar.RunAt(new LocalDate(2026, 3, 5)), id))
            {
                ["Customer"] = Arta.Value,
                ["Authorisation"] = id.Value,
                ["WrittenAt"] = bank.Clock.GetUtcNow(),
            },
            CancellationToken.None);

        await bank.CollectAsync();
        Assert.Equal("03-05", await bank.SeePointersAsync());

        bank.Clock.Advance(TimeSpan.FromHours(1));
        await bank.CollectAsync();
        Assert.Empty(await bank.SeePointersAsync());
    }

    [Fact]
    public async Task A_pointer_written_anew_after_the_timer_saw_it_stays_until_the_timers_next_run_and_the_invoice_is_paid_once()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await using var bank = await TestBank.StartAsync(Automation.Services(sandbox));
        var account = await sandbox.AddSubscriberAsync();
        await sandbox.AddInvoiceAsync("oshee", account.ClientCode, account.ClientCode[5..], "10.00", issuedOn: "2026-03-01");
        var from = await bank.OpenAccountAsync(BillScene.Arta, "100.00");
        var it = await bank.AuthoriseAsync(Automation.Order(account, from));
        bank.Clock.Advance(PaymentCalendar.RunAt(new LocalDate(2026, 3, 5)).ToDateTimeOffset() - bank.Clock.GetUtcNow());
        await bank.Get<CollectDueBills>().RunAsync(bank.Now, CancellationToken.None);
        Assert.True((await bank.Get<ModifyAuthorisation>().RunAsync(Arta, it.Id, terms => terms with { EmailNotice = false }, CancellationToken.None)).IsSuccess);

        foreach (var due in bank.Get<WorkMessages>().Take<CollectionDue>(WorkQueues.BillCollections))
            await bank.Get<CollectBills>().RunAsync(due, CancellationToken.None);
        Assert.Equal("03-05, 04-05", await bank.SeePointersAsync());

        bank.Clock.Advance(TimeSpan.FromHours(1));
        await bank.CollectAsync();
        Assert.Equal("04-05", await bank.SeePointersAsync());
        await bank.SettleAsync();
        Assert.Equal("ALL 90.00", (await bank.BalanceAsync(from)).ToString());
    }

    [Theory]
    [InlineData(true, false, "")]
    [InlineData(false, true, $"Email InvoicePaid of {BillScene.Arta}")]
    public async Task Whether_an_e_mail_is_sent_is_what_the_customer_wished_last(bool first, bool last, string told)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await using var bank = await TestBank.StartAsync(Automation.Services(sandbox));
        var account = await sandbox.AddSubscriberAsync();
        await sandbox.AddInvoiceAsync("oshee", account.ClientCode, account.ClientCode[5..], "10.00", issuedOn: "2026-03-01");
        var order = Automation.Order(account, await bank.OpenAccountAsync(BillScene.Arta, "100.00"));
        var it = await bank.AuthoriseAsync(order with { Terms = order.Terms with { EmailNotice = first } });
        await bank.Get<ModifyAuthorisation>().RunAsync(Arta, it.Id, terms => terms with { EmailNotice = last }, CancellationToken.None);
        bank.Clock.Advance(PaymentCalendar.RunAt(new LocalDate(2026, 3, 5)).ToDateTimeOffset() - bank.Clock.GetUtcNow());

        await bank.CollectAsync();
        await bank.SettleAsync();

        Assert.Equal(told, await bank.SeeNoticesAsync());
    }
}
