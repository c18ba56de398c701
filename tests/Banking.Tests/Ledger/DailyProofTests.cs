using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

public sealed class DailyProofTests
{
    private static readonly LocalDate Monday = new(2026, 3, 2);

    [Fact]
    public async Task The_books_are_proven_once_a_day_in_as_many_runs_as_it_takes_and_one_that_is_late_is_finished_first()
    {
        var log = new BankLog();
        await using var bank = await TestBank.StartInMemoryAsync(services => services
            .AddLogging(logging => logging.AddProvider(log)).Configure<BooksOptions>(options => options.RowsInRun = 4));
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "1000.00"), await bank.OpenAccountAsync("100000002", "5.00"));
        await bank.PostAsync(Transfer(arta, besnik, "3.00"));
        var daily = bank.Get<ProveBooksDaily>();

        // The day is too short; the next one goes on where it ended, and says so.
        var first = (await daily.RunAsync(Monday, CancellationToken.None))!;
        Assert.Null(first.Result);
        Assert.DoesNotContain(log.Lines, line => line.Contains("are not read to their end yet", StringComparison.Ordinal));
        var late = first;
        while (late.Result is null)
            late = (await daily.RunAsync(Monday.PlusDays(1), CancellationToken.None))!;
        Assert.Equal((first.Id, true), (late.Id, late.Result.IsProven));
        Assert.Contains(log.Lines, line => line.Contains("are not read to their end yet", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("The books are proven as of", StringComparison.Ordinal));

        // Then the day's own, once.
        var own = await daily.RunAsync(Monday.PlusDays(1), CancellationToken.None);
        Assert.NotEqual(first.Id, own!.Id);
        while (own.Result is null)
            own = (await daily.RunAsync(Monday.PlusDays(1), CancellationToken.None))!;
        var calls = bank.Storage.Calls.Count;
        Assert.Equal(own.Id, (await daily.RunAsync(Monday.PlusDays(1), CancellationToken.None))!.Id);
        Assert.Equal(calls + 1, bank.Storage.Calls.Count);
    }

    [Fact]
    public async Task Books_that_somebody_has_written_into_are_not_proven_and_the_log_says_so()
    {
        var log = new BankLog();
        await using var bank = await TestBank.StartInMemoryAsync(services => services.AddLogging(logging => logging.AddProvider(log)));
        var arta = await bank.OpenAccountAsync("100000001", "1000.00");
        var ledger = bank.Get<BankTables>().Open(LedgerKeys.Table);
        var head = (await ledger.GetEntityAsync<TableEntity>(LedgerKeys.Partition(arta), LedgerKeys.Head)).Value;
        head["Balance"] = (long)head["Balance"] + 100;
        await ledger.UpdateEntityAsync(head, ETag.All, TableUpdateMode.Replace);

        var run = await bank.Get<ProveBooksDaily>().RunAsync(Monday, CancellationToken.None);

        Assert.False(run!.Result!.IsProven);
        Assert.Contains(log.Lines, line => line.Contains("Critical The books are not proven", StringComparison.Ordinal));
    }
}
