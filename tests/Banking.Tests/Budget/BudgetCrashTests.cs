using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.Budget;
using Serverless.Banking.Customers;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;
using Serverless.Banking.Messages;
using Serverless.Banking.Notifications;
using Serverless.Banking.Storage;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Budget;

/// <summary>Arta means to spend 1000.00 ALL a month; it is 10:00 in Tirana of 2 March 2026.</summary>
public sealed class BudgetCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    [Fact]
    public async Task A_review_killed_anywhere_marks_what_was_done_and_tells_once() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            async bank =>
            {
                var account = await ArrangeAsync(bank);
                await SpendAsync(bank, account, 90_000, "Televizor");
                await PlanAsync(bank, "Qira", 90_000);
                await PlanAsync(bank, "Dru", 1_000);
                return account;
            },
            (bank, _) => ReviewAsync(bank),
            async (bank, _) =>
            {
                var rows = string.Join(", ", (await RowsAsync(bank)).Select(row => row.RowKey.Split('|')[0]).GroupBy(kind => kind).Select(kind => $"{kind.Key} {kind.Count()}"));
                var told = await bank.SeeNoticesAsync();
                if (rows == "expense 2, key 2, list 2, settings 1")
                    return 0;
                Assert.Equal("done 1, expense 2, key 2, list 2, settings 1, told 1", rows);
                Assert.Equal("Push BudgetNearlyUsed of 100000001", told);
                return 1;
            })
        {
            Services = Services,
            Heal = async (bank, _) =>
            {
                bank.Clock.Advance(TimeSpan.FromHours(1));
                await ReviewAsync(bank);
            },
        }), 8, 60);

    [Fact]
    public async Task An_erasure_killed_anywhere_is_finished_by_the_next() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            ArrangeExpiredAsync,
            (bank, _) => ReviewAsync(bank),
            async (bank, _) => (await RowsAsync(bank)).Count == 0 ? 1 : 0)
        {
            Services = Services,
            Heal = (bank, _) => ReviewAsync(bank),
        }), 4, 30);

    /// <summary>The review stands still before each of its calls, while the customer begins a new budget with an expense of its own.</summary>
    [Fact]
    public async Task A_new_budget_begun_while_the_old_one_is_erased_has_all_of_its_own_and_nothing_of_the_old()
    {
        var reached = true;
        for (var call = 1; reached; call++)
        {
            await using var bank = await TestBank.StartInMemoryAsync(Services);
            var account = await ArrangeExpiredAsync(bank);
            await using var other = bank.Restarted();
            var pause = bank.Storage.PauseAt(call);
            var review = Task.Run(() => ReviewAsync(bank));
            await Task.WhenAny(pause.Reached, review);
            reached = pause.Reached.IsCompleted;

            Assert.True((await other.Get<SaveBudget>().RunAsync(Arta, [account], Money.OfMinor(50_000, Currency.All), CancellationToken.None)).IsSuccess, $"{call}");
            await PlanAsync(other, "E re", 700);
            pause.End();
            await review;

            var plans = (await other.Get<KeepExpenses>().ListAsync(Arta, PageRequest.First, CancellationToken.None)).Value!.Items;
            Assert.Equal(["E re"], plans.Select(plan => plan.Description));
            Assert.Equal("expense, key, list, settings", string.Join(", ", (await RowsAsync(other)).Select(row => row.RowKey.Split('|')[0])));
            Assert.InRange(call, 1, 60);
        }
    }

    private static void Services(IServiceCollection services)
    {
        services.AddCustomers().AddNotifications().AddHistory().AddBudget();
        WorkMessages.AddTo(services);
    }

    private static async Task<AccountId> ArrangeAsync(TestBank bank)
    {
        await bank.Get<SaveContactDetails>().RunAsync(new ContactDetails(Arta, "Arta", Language.English, "push", null, null), CancellationToken.None);
        var account = await bank.OpenAccountAsync(Arta.Value, "5000.00");
        Assert.True((await bank.Get<SaveBudget>().RunAsync(Arta, [account], Money.OfMinor(100_000, Currency.All), CancellationToken.None)).IsSuccess);
        bank.Clock.Advance(TimeSpan.FromHours(1));
        return account;
    }

    private static async Task<AccountId> ArrangeExpiredAsync(TestBank bank)
    {
        var account = await ArrangeAsync(bank);
        await PlanAsync(bank, "Qira", 90_000);
        Assert.True((await bank.Get<SaveBudget>().CloseAsync(Arta, CancellationToken.None)).IsSuccess);
        bank.Clock.Advance(TimeSpan.FromDays(400));
        return account;
    }

    private static async Task PlanAsync(TestBank bank, string what, long minor)
    {
        var today = bank.Now.InZone(BankTime.Tirane).Date;
        var added = await bank.Get<KeepExpenses>().AddAsync(
            Arta, IdempotencyKey.Of(what.Replace(' ', '-')), "hash", new ExpenseTerms("housing", Money.OfMinor(minor, Currency.All), "one_time", today, what), CancellationToken.None);
        Assert.True(added.IsSuccess, added.Error?.Code);
    }

    private static async Task SpendAsync(TestBank bank, AccountId account, long minor, string what)
    {
        var amount = Money.OfMinor(minor, Currency.All);
        await bank.Get<PostJournal>().RunAsync(
            new Journal(
                new TransactionId(StableGuid.Of(what)), "rent_payment", [Leg.Debit(account, amount), Leg.Credit(BankAccount.Cash(Currency.All), amount)], what,
                new LocalDate(2026, 3, 2), "rent"),
            CancellationToken.None);
        await bank.SettleAsync();
    }

    /// <summary>The timer and the messages it sends.</summary>
    private static async Task ReviewAsync(TestBank bank)
    {
        await bank.Get<ReviewDueBudgets>().RunAsync(bank.Now, CancellationToken.None);
        foreach (var due in bank.Get<WorkMessages>().Take<BudgetReviewDue>(WorkQueues.BudgetReviews))
            await bank.Get<ReviewBudget>().RunAsync(due, CancellationToken.None);
    }

    private static async Task<IReadOnlyList<TableEntity>> RowsAsync(TestBank bank) =>
        await bank.Get<BankTables>().Open("budgets").QueryAsync<TableEntity>().ToListAsync();
}
