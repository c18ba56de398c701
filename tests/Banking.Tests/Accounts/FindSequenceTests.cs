using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Accounts;

public sealed class FindSequenceTests
{
    private static readonly LocalDate Monday = new(2026, 3, 2);

    [Fact]
    public async Task A_day_begins_with_its_first_entry_and_after_the_last_one_when_there_is_none()
    {
        await using var bank = await TestBank.StartAsync();
        var account = await bank.OpenAccountAsync("100000001", "0.00");
        await PostAsync(bank, account, Monday, Monday, Monday.PlusDays(2), Monday.PlusDays(2), Monday.PlusDays(5));

        Assert.Equal((long[])[1, 3, 3, 5, 5, 6], await FindAsync(bank, account, newest: 5, -1, 1, 2, 3, 5, 6));
        Assert.Equal((long[])[1], await FindAsync(bank, await bank.OpenAccountAsync("100000001", "0.00"), newest: 0, 0));
    }

    [Fact]
    public async Task A_latecomer_of_the_day_before_does_not_move_where_the_day_begins()
    {
        await using var bank = await TestBank.StartAsync();
        var account = await bank.OpenAccountAsync("100000001", "0.00");

        // Written around midnight: the fourth and sixth were ordered on Monday and finished on Tuesday.
        var tuesday = Monday.PlusDays(1);
        await PostAsync(bank, account, Monday, Monday, tuesday, Monday, tuesday, Monday, tuesday, tuesday);

        Assert.Equal((long[])[1, 3, 9], await FindAsync(bank, account, newest: 8, 0, 1, 2));
    }

    [Fact]
    public async Task Finding_a_day_among_500_entries_reads_a_dozen_of_them()
    {
        await using var bank = await TestBank.StartAsync();
        var account = await bank.OpenAccountAsync("100000001", "0.00");
        foreach (var part in Enumerable.Range(0, 500).Chunk(20))
            await PostAsync(bank, account, [.. part.Select(i => Monday.PlusDays(i / 10))]);
        bank.Storage.Reset();

        Assert.Equal((long[])[241], await FindAsync(bank, account, newest: 500, 24));

        Assert.InRange(bank.Storage.Calls.Count, 1, 12);
    }

    private static async Task<long[]> FindAsync(TestBank bank, AccountId account, long newest, params int[] days)
    {
        var found = new List<long>();
        foreach (var day in days)
            found.Add(await bank.Get<FindSequence>().RunAsync(account, Monday.PlusDays(day), newest, CancellationToken.None));
        return [.. found];
    }

    /// <summary>One journal per run of the same day, since each has many entries.</summary>
    private static async Task PostAsync(TestBank bank, AccountId account, params LocalDate[] days)
    {
        var cent = Money.OfMinor(1, Currency.All);
        for (var at = 0; at < days.Length;)
        {
            var count = days.Skip(at).TakeWhile(day => day == days[at]).Count();
            var legs = Enumerable.Repeat(Leg.Credit(account, cent), count).Append(Leg.Debit(BankAccount.Cash(Currency.All), Money.OfMinor(count, Currency.All)));
            var journal = new Journal(new TransactionId(Guid.NewGuid()), "cash_deposit", [.. legs], "Derdhje", days[at], "");
            Assert.True((await bank.Get<PostJournal>().RunAsync(journal, CancellationToken.None)).IsSuccess);
            at += count;
        }
    }
}
