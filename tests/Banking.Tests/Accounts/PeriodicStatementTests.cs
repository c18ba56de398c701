using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Accounts;

/// <summary>Statements that come by themselves, without a host: missed days, repeats, kills.</summary>
public sealed class PeriodicStatementTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    [Fact]
    public async Task Months_that_were_missed_are_caught_up_each_with_its_own_statement_and_none_leaves_an_entry_out()
    {
        await using var bank = await TestBank.StartInMemoryAsync(Services);
        var account = await OpenAsync(bank);
        for (var month = 0; month < 3; month++)
        {
            bank.Clock.Advance(TimeSpan.FromDays(30));
            await DepositAsync(bank, account, $"d{month}", 100 * (month + 1));
        }

        // 3 June: the statements of March, April and May were never sent.
        Assert.Equal(3, await bank.Get<SendDueStatements>().RunAsync(Today(bank), CancellationToken.None));
        Assert.Equal(0, await bank.Get<SendDueStatements>().RunAsync(Today(bank), CancellationToken.None));

        Assert.Equal(
            ["2026-03-02..2026-03-14 entries 1..1", "2026-03-15..2026-04-14 entries 2..2", "2026-04-15..2026-05-14 entries 3..3"],
            (await NoticesAsync(bank)).Select(Span));
        var subscription = (await bank.Get<FindSubscription>().RunAsync(Arta, account, CancellationToken.None)).Value!;
        Assert.Equal((new LocalDate(2026, 6, 15), new LocalDate(2026, 5, 14), 3L), (subscription.NextOn!.Value, subscription.CoveredTo, subscription.CoveredSequence));

        // The closing balance of one is the opening balance of the next.
        var texts = new List<string>();
        foreach (var notice in await NoticesAsync(bank))
            texts.Add(PdfText.Of((await bank.Get<DownloadDocument>().RunAsync(notice.Attachment!, CancellationToken.None)).Value!.Content));
        Assert.Equal(
            ["0.00 ALL 10.00 ALL", "10.00 ALL 11.00 ALL", "11.00 ALL 13.00 ALL"],
            texts.Select(text => text.Split('\n')).Select(lines => $"{lines[Array.IndexOf(lines, "Gjendja në fillim") + 1]} {lines[Array.IndexOf(lines, "Gjendja në fund") + 1]}"));
    }

    [Fact]
    public async Task A_period_that_the_outbox_gave_up_is_sent_anew_to_the_present_address_until_it_arrives()
    {
        await using var bank = await TestBank.StartInMemoryAsync(Services);
        var account = await OpenAsync(bank);
        bank.Clock.Advance(TimeSpan.FromDays(14));
        var outbox = bank.Get<NoticeTable>();

        Assert.Equal(1, await bank.Get<SendDueStatements>().RunAsync(Today(bank), CancellationToken.None));
        await CloseAllAsync(outbox, NoticeState.Failed);
        await bank.Get<SaveSubscription>().RunAsync(Arta, account, new StatementChoice("new@example.com", StatementFrequency.Monthly, 15), CancellationToken.None);
        bank.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await bank.Get<SendDueStatements>().RunAsync(Today(bank), CancellationToken.None));

        var again = Assert.Single(await NoticesAsync(bank));
        Assert.Equal(("new@example.com", "2026-03-02..2026-03-14 entries 1..1"), (again.Address, Span(again)));
        Assert.Equal(0, await bank.Get<SendDueStatements>().RunAsync(Today(bank), CancellationToken.None));
        await CloseAllAsync(outbox, NoticeState.Delivered);
        bank.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await bank.Get<SendDueStatements>().RunAsync(Today(bank), CancellationToken.None));
        Assert.Empty(await NoticesAsync(bank));
    }

    [Fact]
    public async Task A_stopped_subscription_sends_nothing_and_covers_everything_when_it_begins_again()
    {
        await using var bank = await TestBank.StartInMemoryAsync(Services);
        var account = await OpenAsync(bank);
        await bank.Get<SaveSubscription>().RunAsync(Arta, account, null, CancellationToken.None);
        bank.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal(0, await bank.Get<SendDueStatements>().RunAsync(Today(bank), CancellationToken.None));

        await bank.Get<SaveSubscription>().RunAsync(Arta, account, new StatementChoice("ela@example.com", StatementFrequency.Monthly, 15), CancellationToken.None);
        bank.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(1, await bank.Get<SendDueStatements>().RunAsync(Today(bank), CancellationToken.None));
        Assert.Equal("2026-03-02..2026-04-14 entries 1..1", Span(Assert.Single(await NoticesAsync(bank))));
    }

    [Fact]
    public async Task A_sending_killed_at_any_storage_call_sends_the_period_once() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: async bank =>
            {
                var account = await OpenAsync(bank);
                bank.Clock.Advance(TimeSpan.FromDays(14));
                return account;
            },
            Act: (bank, _) => bank.Get<SendDueStatements>().RunAsync(new LocalDate(2026, 3, 16), CancellationToken.None),
            Check: async (bank, account) =>
            {
                var notices = await NoticesAsync(bank);
                var subscription = (await bank.Get<FindSubscription>().RunAsync(Arta, account, CancellationToken.None)).Value!;
                Assert.All(notices, notice => Assert.Equal("2026-03-02..2026-03-14 entries 1..1", Span(notice)));
                return subscription.NextOn == new LocalDate(2026, 4, 15) && notices.Count == 0 ? -1 : notices.Count;
            })
        {
            Services = Services,
        }), 12, 60);

    [Fact]
    public async Task A_statement_asked_for_by_e_mail_and_killed_at_any_storage_call_is_sent_once_or_not_asked_for() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: async bank =>
            {
                await bank.Get<SaveContactDetails>().RunAsync(new ContactDetails(Arta, "Arta Hoxha", Language.Albanian, null, "arta@example.com", null), CancellationToken.None);
                return await OpenAsync(bank);
            },
            Act: async (bank, account) => Assert.True((await bank.Get<EmailStatement>().RunAsync(
                new StatementMail(
                    new StatementOrder(Arta, account, new LocalDate(2026, 3, 2), new LocalDate(2026, 3, 2), StatementFormat.Pdf, Language.Albanian), IdempotencyKey.Of("mail"), "hash"),
                CancellationToken.None)).IsSuccess),
            Check: async (bank, _) => await bank.SeeNoticesAsync() switch
            {
                "" => 0,
                "Email StatementByEmail of 100000001" => 1,
                _ => -1,
            })
        { Services = Services }), 4, 20);

    [Fact]
    public async Task A_long_statement_killed_at_any_storage_call_of_its_making_is_told_of_once() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Guid>(
            Arrange: async bank =>
            {
                var account = await OpenAsync(bank);
                var reference = new StatementReference(account, new LocalDate(2026, 3, 2), new LocalDate(2026, 3, 2), 1, 1, bank.Now, StatementFormat.Csv);
                await bank.Get<StatementJobs>().BeginAsync(
                    new StatementJob(reference.JobId, Arta, reference, Language.Albanian, Money.Zero(Currency.All), Money.Zero(Currency.All), bank.Now, IsReady: false), CancellationToken.None);
                return reference.JobId;
            },
            Act: (bank, job) => bank.Get<MakeStatement>().RunAsync(Arta, job, CancellationToken.None),
            Check: async (bank, job) => ((await bank.Get<StatementJobs>().FindAsync(Arta, job, CancellationToken.None))!.IsReady, await bank.SeeNoticesAsync()) switch
            {
                (false, "") => 0,
                (true, "Push StatementReady of 100000001") => 1,
                _ => -1,
            })
        { Services = Services, Heal = (bank, _) => bank.Get<SweepStatements>().RunAsync(bank.Now - Duration.FromMinutes(4), CancellationToken.None) }), 5, 20);

    [Fact]
    public async Task A_long_statement_whose_message_was_lost_is_made_by_the_sweep_and_told_once()
    {
        await using var bank = await TestBank.StartInMemoryAsync(Services);
        var account = await OpenAsync(bank);
        var reference = new StatementReference(account, new LocalDate(2026, 3, 2), new LocalDate(2026, 3, 2), 1, 1, bank.Now, StatementFormat.Pdf);
        var ten = Money.OfMinor(1000, Currency.All);
        await bank.Get<StatementJobs>().BeginAsync(
            new StatementJob(reference.JobId, Arta, reference, Language.Albanian, Money.Zero(Currency.All), ten, bank.Now, IsReady: false), CancellationToken.None);
        Assert.Null((await bank.Get<FindStatement>().RunAsync(Arta, account, reference.JobId, CancellationToken.None)).Value!.Document);

        await bank.Get<SweepStatements>().RunAsync(bank.Now - Duration.FromMinutes(5), CancellationToken.None);
        Assert.Null((await bank.Get<FindStatement>().RunAsync(Arta, account, reference.JobId, CancellationToken.None)).Value!.Document);
        bank.Clock.Advance(TimeSpan.FromMinutes(6));
        for (var i = 0; i < 2; i++)
        {
            await bank.Get<SweepStatements>().RunAsync(bank.Now - Duration.FromMinutes(5), CancellationToken.None);
            await bank.Get<MakeStatement>().RunAsync(Arta, reference.JobId, CancellationToken.None);
        }

        var made = (await bank.Get<FindStatement>().RunAsync(Arta, account, reference.JobId, CancellationToken.None)).Value!.Document!;
        var stored = await bank.Get<StoredDocuments>().FindAsync(Arta, StatementReference.Kind, $"{reference.JobId:N}-Albanian", CancellationToken.None);
        Assert.Equal((await bank.Get<DownloadDocument>().RunAsync(made, CancellationToken.None)).Value!.Content, stored!.Content);
        Assert.Equal(NoticeKind.StatementReady, Assert.Single(await NoticesAsync(bank)).Kind);
    }

    private static void Services(IServiceCollection services)
    {
        WorkMessages.AddTo(services);
        services.AddCustomers().AddNotifications();
        AccountCrashTests.Services(services);
    }

    /// <summary>Opened on 2 March with 10.00 ALL; statements on the 15th of every month.</summary>
    private static async Task<AccountId> OpenAsync(TestBank bank)
    {
        var account = await bank.OpenAccountAsync(Arta.Value, "10.00");
        var saved = await bank.Get<SaveSubscription>().RunAsync(
            Arta, account, new StatementChoice("ela@example.com", StatementFrequency.Monthly, 15), CancellationToken.None);
        Assert.Equal(new LocalDate(2026, 3, 15), saved.Value!.NextOn);
        return account;
    }

    private static async Task DepositAsync(TestBank bank, AccountId account, string key, long minor) => Assert.True(
        (await bank.Get<DepositCash>().RunAsync(new CashDeposit(key, account, Money.OfMinor(minor, Currency.All), "Derdhje"), CancellationToken.None)).IsSuccess);

    private static LocalDate Today(TestBank bank) => bank.Now.InZone(BankTime.Tirane).Date;

    private static string Span(Notice notice)
    {
        var reference = StatementReference.Parse(notice.Attachment!.Id);
        return $"{NodaTime.Text.LocalDatePattern.Iso.Format(reference.Start)}..{NodaTime.Text.LocalDatePattern.Iso.Format(reference.End)} entries {reference.First}..{reference.Last}";
    }

    /// <summary>Undelivered ones, by their period.</summary>
    private static async Task<List<Notice>> NoticesAsync(TestBank bank)
    {
        var (outbox, notices) = (bank.Get<NoticeTable>(), new List<Notice>());
        await foreach (var id in outbox.DueAsync(Instant.MaxValue, CancellationToken.None))
            notices.Add((await outbox.FindAsync(id, CancellationToken.None))!.Notice);
        return [.. notices.OrderBy(notice => notice.Attachment?.Id, StringComparer.Ordinal)];
    }

    private static async Task CloseAllAsync(NoticeTable outbox, NoticeState state)
    {
        var due = new List<NoticeId>();
        await foreach (var id in outbox.DueAsync(Instant.MaxValue, CancellationToken.None))
            due.Add(id);
        foreach (var id in due)
            await outbox.CloseAsync((await outbox.FindAsync(id, CancellationToken.None))!, state, CancellationToken.None);
    }
}
