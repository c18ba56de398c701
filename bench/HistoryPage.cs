using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;

namespace Serverless.Bench;

/// <summary>The first page of an account's history, of a long account and of a short one, in turns with the same rows asked for by a bare client; and the trial balance of both.</summary>
/// <remarks>Of many turns the tenth that was fastest counts: the others met the machine's other work.</remarks>
internal sealed class HistoryPage : IMeasurement
{
    private const int Short = 100, CreditsPerJournal = Journal.LegsAtMost - 1, PageSize = 50;
    private const double WantedAtMost = 1.2, Fastest = 0.1;

    public string Name => "history";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        var entries = plan.Of(quick: 10_000, full: 100_000);
        await using var azurite = await BenchStorage.StartAsync();
        plan = plan with { Storage = azurite.ConnectionString, StorageProcessorTime = () => azurite.ProcessorTime!.Value };
        await using var bank = await BenchBank.StartAsync(plan);
        var (large, small) = (await bank.OpenAsync("100000001", "1.00"), await bank.OpenAsync("100000002", "1.00"));
        await FillAsync(bank, small, 0, Short);
        // Half of the full run is more than a page of journals already: their markers, each with all of its legs, are the largest rows of the books.
        await FillAsync(bank, large, 0, entries / 2);
        var half = await ProveAsync(bank);
        await FillAsync(bank, large, entries / 2, entries);
        var whole = await ProveAsync(bank);

        using var ofLarge = await bank.ClientAsync(large.Token);
        using var ofSmall = await bank.ClientAsync(small.Token);
        var table = new TableClient(plan.Storage, bank.Host.Prefix + "ledger");
        var turns = new Rounds(
            () => PageAsync(ofLarge, large), () => PageAsync(ofSmall, small),
            () => RawPageAsync(table, large, entries), () => RawPageAsync(table, small, Short),
            () => RawOpenAsync(table, large), () => RawOpenAsync(table, small));
        await turns.RunAsync(plan.Of(quick: 60, full: 40));
        var (slow, quick, rawSlow, rawQuick, openSlow, openQuick) =
            (turns.Of(0, Fastest), turns.Of(1, Fastest), turns.Of(2, Fastest), turns.Of(3, Fastest), turns.Of(4, Fastest), turns.Of(5, Fastest));

        var (ownOfLong, ownOfShort) = (new List<double>(), new List<double>());
        var spent = new Rounds(() => SpendAsync(plan, ofLarge, large, ownOfLong), () => SpendAsync(plan, ofSmall, small, ownOfShort));
        await spent.RunAsync(plan.Of(quick: 6, full: 12));

        return
        [
            new Row($"history page of {entries} entries, p10", "ms", slow, $"{Report.Text(quick)}: of {Short} entries", quick) { AtMost = WantedAtMost },
            new Row($"the same rows of {entries}, bare client, p10", "ms", rawSlow, $"{Report.Text(rawQuick)}: of {Short} entries; Azurite alone", rawQuick),
            new Row(
                $"history page of {entries} entries, processor time", "ms", spent.Median(0),
                $"{Report.Text(spent.Median(1))}: of {Short} entries, Azurite's and ours", spent.Median(1)) { AtMost = WantedAtMost },
            new Row("the bank's part of that", "ms", Percentiles.Of(ownOfLong, 0.5), $"{Report.Text(Percentiles.Of(ownOfShort, 0.5))}: of {Short} entries", Percentiles.Of(ownOfShort, 0.5)) { AtMost = WantedAtMost },
            new Row(
                $"history page of {entries} entries over its bare rows", "times", slow / rawSlow, $"{Report.Text(quick / rawQuick)}: the same of {Short} entries",
                quick / rawQuick) { AtMost = WantedAtMost },
            new Row($"first rows of all {entries}, bare client, p10", "ms", openSlow, $"{Report.Text(openQuick)}: of {Short} entries; the range left open", openQuick),
            new Row($"trial balance of {whole.Entries} entries", "s", whole.Seconds, "-", null),
            new Row(
                $"trial balance of {whole.Entries} entries, memory", "MB", whole.Megabytes, $"{Report.Text(half.Megabytes)}: of {half.Entries} entries",
                half.Megabytes) { AtMost = 2 },
        ];
    }

    /// <summary>The trial balance, and the most that the process had more than before while it ran, what could be collected left out.</summary>
    private static async Task<(long Entries, double Seconds, double Megabytes)> ProveAsync(BenchBank bank)
    {
        var (before, began, most) = (GC.GetTotalMemory(forceFullCollection: true), Stopwatch.GetTimestamp(), 0L);
        var proving = bank.Host.Services.GetRequiredService<ProveBooks>().RunAsync(CancellationToken.None);
        while (await Task.WhenAny(proving, Task.Delay(50)) != proving)
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        var proof = await proving;
        return proof.IsProven
            ? (proof.Entries, Stopwatch.GetElapsedTime(began).TotalSeconds, most / 1048576.0)
            : throw new InvalidOperationException("The books do not balance.");
    }

    /// <param name="from">How many there are already.</param>
    private static async Task FillAsync(BenchBank bank, Customer customer, int from, int to)
    {
        var post = bank.Host.Services.GetRequiredService<PostJournal>();
        var (account, one) = (new AccountId(Guid.Parse(customer.Account)), Money.OfMinor(100, Currency.All));
        for (var filled = from; filled < to; filled += CreditsPerJournal)
        {
            var credits = Math.Min(CreditsPerJournal, to - filled);
            var journal = new Journal(
                TransactionId.Derive("bench_history", customer.Account, filled.ToString(CultureInfo.InvariantCulture)), "salaries",
                [Leg.Debit(BankAccount.Cash(Currency.All), Money.OfMinor(100 * credits, Currency.All)), .. Enumerable.Repeat(Leg.Credit(account, one), credits)],
                "Paga", new LocalDate(2026, 3, 2), "bench");
            if (!(await post.RunAsync(journal, CancellationToken.None)).IsSuccess)
                throw new InvalidOperationException("An entry was refused.");
        }
    }

    private static async Task<double> PageAsync(HttpClient client, Customer customer)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync($"api/v1/accounts/{customer.Account}/entries?limit={PageSize}");
        _ = await BenchBank.ReadAsync(answer);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Many pages, because processor time is told in hundredths of a second.</summary>
    /// <param name="own">Gets the bank's part.</param>
    /// <returns>Of a page, in ms: Azurite's and ours.</returns>
    private static async Task<double> SpendAsync(Plan plan, HttpClient client, Customer customer, List<double> own)
    {
        const int Pages = 25;
        var spent = new Spent(plan);
        spent.Begin();
        for (var page = 0; page < Pages; page++)
            await PageAsync(client, customer);
        spent.End(Pages);
        own.Add(spent.OwnMs);
        return spent.StorageMs + spent.OwnMs;
    }

    /// <summary>From the head to the oldest entry that is on the page: these rows and no others. (One entry is the deposit that opened the account.)</summary>
    private static Task<double> RawPageAsync(TableClient table, Customer customer, int entries) =>
        RawAsync(table, customer, $"entry|{(long.MaxValue - (entries + 1 - PageSize + 1)).ToString("D19", CultureInfo.InvariantCulture)}", atMost: null);

    /// <summary>Leaves the end to storage, which has to stop by itself.</summary>
    private static Task<double> RawOpenAsync(TableClient table, Customer customer) => RawAsync(table, customer, "entry|~", atMost: PageSize + 1);

    /// <param name="atMost">Rows; null: all that the range has.</param>
    private static async Task<double> RawAsync(TableClient table, Customer customer, string last, int? atMost)
    {
        var start = Stopwatch.GetTimestamp();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Guid.Parse(customer.Account).ToString("N")} and RowKey ge {"account"} and RowKey le {last}");
        var rows = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: atMost))
        {
            if (++rows == atMost)
                break;
        }

        return rows == PageSize + 1 ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : throw new InvalidOperationException($"{rows} rows on a page.");
    }
}
