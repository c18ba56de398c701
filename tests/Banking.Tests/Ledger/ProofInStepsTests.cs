using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

public sealed class ProofInStepsTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(1000, true)]
    [InlineData(20, false)]
    public async Task Steps_of_any_size_by_processes_that_die_in_between_say_what_one_reading_says(int rows, bool inMemory)
    {
        await using var bank = await BooksAsync(inMemory);
        var whole = await bank.ProveAsync();
        var run = await bank.Get<ProveBooksInSteps>().StartAsync("night", CancellationToken.None);

        var (steps, percents) = (0, new List<int>());
        while (run.Result is null)
        {
            await using var process = bank.Restarted();
            run = (await process.Get<ProveBooksInSteps>().ContinueAsync(run.Id, rows, CancellationToken.None)).Value!;
            percents.Add(run.Percent);
            steps++;
        }

        Assert.Equal(Said(whole), Said(run.Result));
        Assert.InRange(steps, (int)(run.Rows / (rows + 1)), run.Rows + 1);
        Assert.Equal(percents.Order(), percents);
        Assert.Equal(100, percents[^1]);
        var again = await bank.Get<ProveBooksInSteps>().StartAsync("night", CancellationToken.None);
        Assert.Equal((run.Id, Said(whole)), (again.Id, Said(again.Result!)));
        Assert.Equal(Said(whole), Said((await bank.Get<ProveBooksInSteps>().ContinueAsync(run.Id, 1, CancellationToken.None)).Value!.Result!));
    }

    [Fact]
    public async Task A_step_killed_at_any_storage_call_is_taken_again()
    {
        await using var bank = await BooksAsync();
        var whole = await bank.ProveAsync();
        var run = await bank.Get<ProveBooksInSteps>().StartAsync("night", CancellationToken.None);
        for (var call = 1; run.Result is null; call++)
        {
            await using var dying = bank.Restarted();
            dying.Storage.KillAt((call % 4) + 1, call % 2 == 0 ? KillMoment.Before : KillMoment.After);
            try
            {
                await dying.Get<ProveBooksInSteps>().ContinueAsync(run.Id, 5, CancellationToken.None);
            }
            catch (Exception) when (dying.Storage.IsDead)
            {
            }

            run = (await bank.Get<ProveBooksInSteps>().ContinueAsync(run.Id, 3, CancellationToken.None)).Value!;
        }

        Assert.Equal(Said(whole), Said(run.Result));
    }

    [Fact]
    public async Task What_is_booked_while_the_steps_go_on_is_left_out_and_disturbs_nothing()
    {
        await using var bank = await BooksAsync();
        var before = await bank.ProveAsync();
        var run = await bank.Get<ProveBooksInSteps>().StartAsync("day", CancellationToken.None);
        var account = await bank.OpenAccountAsync("100000009", "5.00");
        while (run.Result is null)
        {
            bank.Clock.Advance(TimeSpan.FromSeconds(1));
            await bank.PostAsync(Deposit(account, "1.00"));
            run = (await bank.Get<ProveBooksInSteps>().ContinueAsync(run.Id, 7, CancellationToken.None)).Value!;
        }

        Assert.True(run.Result.IsProven, string.Join("; ", run.Result.Faults));
        Assert.Equal(before.Currencies, run.Result.Currencies);
    }

    [Fact]
    public async Task A_reading_laid_aside_after_every_single_row_is_the_same_reading()
    {
        await using var bank = await BooksAsync();
        var reading = await bank.Get<ProveBooks>().StartAsync(CancellationToken.None);
        await foreach (var row in bank.Get<BankTables>().Open("ledger").QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
        {
            reading.Add(row);
            reading = BooksReading.Restore(reading.Save());
        }

        Assert.Equal(Said(await bank.ProveAsync()), Said(await bank.Get<ProveBooks>().FinishAsync(reading, CancellationToken.None)));
        Assert.InRange(reading.Save().Seen.Length, 100, 60_000);
    }

    [Fact]
    public async Task A_changed_row_is_named_as_by_one_reading()
    {
        await using var bank = await BooksAsync();
        var table = bank.Get<BankTables>().Open("ledger");
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"Currency eq {"ALL"}"), cancellationToken: TestContext.Current.CancellationToken))
            rows.Add(row);
        foreach (var row in rows.Where((_, index) => index % 3 == 0))
        {
            row["Description"] = "tjetër";
            await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        }

        var run = await bank.Get<ProveBooksInSteps>().StartAsync("night", CancellationToken.None);
        while (run.Result is null)
            run = (await bank.Get<ProveBooksInSteps>().ContinueAsync(run.Id, 6, CancellationToken.None)).Value!;

        Assert.False(run.Result.IsProven);
        Assert.Equal(Said(await bank.Get<ProveBooks>().RunAsync(CancellationToken.None)), Said(run.Result));
    }

    [Fact]
    public async Task Two_steps_at_once_count_once_and_an_unknown_run_is_none()
    {
        await using var bank = await BooksAsync();
        var run = await bank.Get<ProveBooksInSteps>().StartAsync("night", CancellationToken.None);
        await using var other = bank.Restarted();

        while (run.Result is null)
        {
            var answers = await Task.WhenAll(
                bank.Get<ProveBooksInSteps>().ContinueAsync(run.Id, 5, CancellationToken.None), other.Get<ProveBooksInSteps>().ContinueAsync(run.Id, 5, CancellationToken.None));
            Assert.All(answers.Where(answer => !answer.IsSuccess), answer => Assert.Equal("trial_balance_busy", answer.Error!.Code));
            run = (await bank.Get<ProveBooksInSteps>().FindAsync(run.Id, CancellationToken.None)).Value!;
        }

        Assert.Equal(Said(await bank.ProveAsync()), Said(run.Result));
        Assert.Equal("trial_balance_not_found", (await bank.Get<ProveBooksInSteps>().FindAsync(Guid.NewGuid(), CancellationToken.None)).Error!.Code);
        Assert.Equal("trial_balance_not_found", (await bank.Get<ProveBooksInSteps>().ContinueAsync(Guid.NewGuid(), 1, CancellationToken.None)).Error!.Code);
    }

    private static async Task<TestBank> BooksAsync(bool inMemory = true)
    {
        var bank = await (inMemory ? TestBank.StartInMemoryAsync() : TestBank.StartAsync());
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "100.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        await bank.OpenAccountAsync("100000003", "7.00 EUR");
        for (var i = 0; i < 5; i++)
        {
            await bank.PostAsync(Transfer(arta, besnik, "2.00"));
            await bank.PostAsync(Bill(besnik, "1.00"));
        }

        await bank.Get<VoidJournal>().RunAsync(Id("void"), arta, CancellationToken.None);
        await bank.SettleAsync();
        await bank.Get<OpenJournals>().AddAsync(Bill(arta, "1.00", "open"), isConditional: false, CancellationToken.None);
        return bank;
    }

    private static string Said(TrialBalance balance) =>
        $"{balance.IsProven} {string.Join(", ", balance.Currencies)} {balance.Accounts} {balance.Entries} {balance.Journals} {balance.OpenJournals} {string.Join("; ", balance.Faults)}";
}
