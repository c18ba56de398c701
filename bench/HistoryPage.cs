using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;

namespace Serverless.Bench;

/// <summary>The first page of an account's history, of a long account and of a short one, in turns; and the trial balance of both.</summary>
internal sealed class HistoryPage : IMeasurement
{
    private const int Short = 100, CreditsPerJournal = Journal.LegsAtMost - 1;

    public string Name => "history";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        var entries = plan.Of(quick: 10_000, full: 100_000);
        await using var bank = await BenchBank.StartAsync(plan);
        var (large, small) = (await bank.OpenAsync("100000001", "1.00"), await bank.OpenAsync("100000002", "1.00"));
        await FillAsync(bank, large, entries);
        await FillAsync(bank, small, Short);

        using var ofLarge = await bank.ClientAsync(large.Token);
        using var ofSmall = await bank.ClientAsync(small.Token);
        var (slow, quick) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < plan.Of(quick: 60, full: 300); turn++)
        {
            slow.Add(await PageAsync(ofLarge, large));
            quick.Add(await PageAsync(ofSmall, small));
        }

        var (before, began) = (GC.GetTotalMemory(forceFullCollection: true), Stopwatch.GetTimestamp());
        var peak = 0L;
        var proving = bank.Host.Services.GetRequiredService<ProveBooks>().RunAsync(CancellationToken.None);
        while (await Task.WhenAny(proving, Task.Delay(100)) != proving)
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
        var proof = await proving;
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (!proof.IsProven)
            throw new InvalidOperationException("The books do not balance.");
        return
        [
            new Row($"history page of {entries} entries, p50", "ms", Percentiles.Of(slow, 0.5), $"{Report.Text(Percentiles.Of(quick, 0.5))}: of {Short} entries", Percentiles.Of(quick, 0.5)),
            new Row($"trial balance of {proof.Entries} entries", "s", seconds, "-", null),
            new Row($"trial balance of {proof.Entries} entries, memory", "MB", peak / 1048576.0, "-", null),
        ];
    }

    private static async Task FillAsync(BenchBank bank, Customer customer, int entries)
    {
        var post = bank.Host.Services.GetRequiredService<PostJournal>();
        var (account, one) = (new AccountId(Guid.Parse(customer.Account)), Money.OfMinor(100, Currency.All));
        for (var i = 0; i * CreditsPerJournal < entries; i++)
        {
            var credits = Math.Min(CreditsPerJournal, entries - (i * CreditsPerJournal));
            var journal = new Journal(
                TransactionId.Derive("bench_history", customer.Account, i.ToString(System.Globalization.CultureInfo.InvariantCulture)), "salaries",
                [Leg.Debit(BankAccount.Cash(Currency.All), Money.OfMinor(100 * credits, Currency.All)), .. Enumerable.Repeat(Leg.Credit(account, one), credits)],
                "Paga", new LocalDate(2026, 3, 2), "bench");
            if (!(await post.RunAsync(journal, CancellationToken.None)).IsSuccess)
                throw new InvalidOperationException("An entry was refused.");
        }
    }

    private static async Task<double> PageAsync(HttpClient client, Customer customer)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync($"api/v1/accounts/{customer.Account}/entries");
        _ = await BenchBank.ReadAsync(answer);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
