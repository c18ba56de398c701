using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Ledger;

/// <summary>Jepsen's bank test: whoever counts all the money while it moves always counts the same.</summary>
public sealed class MoneyReadingTests
{
    private const int Accounts = 8, Writers = 6, ReadingsAtLeast = 20, ReadingsAtMost = 500;

    [Fact]
    public async Task A_reader_counts_the_same_money_at_every_moment_while_two_processes_move_it()
    {
        await using var bank = await TestBank.StartAsync();
        await using var second = bank.Restarted();
        var accounts = await OpenAsync(bank);

        using var enough = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer =>
            Task.Run(() => WriteUntilAsync(writer % 2 == 0 ? bank : second, accounts, writer, enough.Token))));
        var underWay = 0;
        for (var reading = 0; reading < ReadingsAtLeast || (underWay == 0 && reading < ReadingsAtMost); reading++)
        {
            var money = await MoneyReading.ReadAsync(bank.Services, accounts);
            Assert.Equal(Accounts * 100_000L, money.Heads + money.UnderWay);
            underWay += money.Journals;
        }

        await enough.CancelAsync();
        await writing;
        Assert.True(underWay > 0, "Nothing was ever under way, so the readings prove little.");
        await bank.SettleAsync();
        await second.SettleAsync();
        Assert.Equal((Accounts * 100_000L, 0L, 0), await MoneyReading.ReadAsync(bank.Services, accounts));
        await bank.ProveAsync();
    }

    [Fact]
    public async Task Money_that_is_debited_and_not_credited_is_counted_as_under_way()
    {
        await using var bank = await TestBank.StartAsync();
        var accounts = await OpenAsync(bank);

        // The third call is the credit: it never comes.
        bank.Storage.KillAt(3, KillMoment.Before);
        await bank.Get<PostJournal>().RunAsync(Between(accounts[0], accounts[1], 700, "one"), CancellationToken.None);
        await using var after = bank.Restarted();

        Assert.Equal((Accounts * 100_000L - 700, 700L, 1), await MoneyReading.ReadAsync(after.Services, accounts));
        await after.SweepAsync();
        Assert.Equal((Accounts * 100_000L, 0L, 0), await MoneyReading.ReadAsync(after.Services, accounts));
    }

    private static Task<AccountId[]> OpenAsync(TestBank bank) =>
        Task.WhenAll(Enumerable.Range(0, Accounts).Select(i => bank.OpenAccountAsync($"10000000{i}", "1000.00")));

    private static async Task WriteUntilAsync(TestBank bank, AccountId[] accounts, int writer, CancellationToken enough)
    {
        var random = new Random(writer);
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var from = random.Next(Accounts);
            var to = (from + 1 + random.Next(Accounts - 1)) % Accounts;
            var journal = Between(accounts[from], accounts[to], random.Next(1, 500), $"{writer}-{i}");
            while ((await bank.Get<PostJournal>().RunAsync(journal, CancellationToken.None)).Error is AccountBusy)
            {
                // As a client does: the same order again.
            }
        }
    }

    private static Journal Between(AccountId from, AccountId to, long minor, string key)
    {
        var amount = Money.OfMinor(minor, Currency.All);
        return new Journal(
            TransactionId.Derive("money_reading", key), "own_transfer", [Leg.Debit(from, amount), Leg.Credit(to, amount)], "", new LocalDate(2026, 3, 2), key);
    }
}
