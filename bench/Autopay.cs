using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Bench;

/// <summary>Bills by authorisation that are due on one day, in one run of the timer: from its start until the last authorisation has moved on to its next month.</summary>
/// <remarks>
/// Two runs, the second with ten times as many. Time per bill and memory are compared between the halves of the second, the app's own time between the runs. Authorisations and accounts are
/// written by the bank's own classes, past HTTP; the run is the product's: timer, messages, payments. The sandbox runs in its own process and is the one company.
/// </remarks>
internal sealed class Autopay : IMeasurement
{
    private const int BillsEach = 4, Times = 10, CreditsPerJournal = Journal.LegsAtMost - 1;
    private const double WantedLinear = 1.2, WantedBounded = 1.2;
    private const int RunsAtMost = 20;
    private const long Bill = 100_00, Salary = 1000_00;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250), WeighEvery = TimeSpan.FromSeconds(2), NextRunAfter = TimeSpan.FromSeconds(30), StuckAfter = TimeSpan.FromMinutes(3);

    public string Name => "autopay";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        var bills = int.Parse(Environment.GetEnvironmentVariable("BILLS") ?? plan.Of("10000", "100000"), CultureInfo.InvariantCulture) / (Times * BillsEach) * Times * BillsEach;
        var few = bills / Times;
        await using var azurite = await BenchStorage.StartAsync();
        plan = plan with { Storage = azurite.ConnectionString, StorageProcessorTime = () => azurite.ProcessorTime!.Value };
        await using var companies = await SandboxProcess.StartAsync();
        var tally = new CallTally();
        await using var bank = await BenchBank.StartAsync(plan, sandbox: companies.Sandbox, policy: tally);

        // What the first bills of a process cost is start-up.
        await DueAsync(bank, 0, 20 * BillsEach);
        await RunAsync(plan, bank, tally, 20 * BillsEach);
        await DueAsync(bank, 20, few);
        var first = await RunAsync(plan, bank, tally, few);
        await DueAsync(bank, 20 + (few / BillsEach), bills);
        var run = await RunAsync(plan, bank, tally, bills);
        if (plan.ListsCalls)
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, tally.All.Select(one => $"  {one.What}: {Report.Text((double)one.Calls / bills)} calls, {Report.Text((double)one.Rows / bills)} rows")));

        var due = (20 * BillsEach) + few + bills;
        var paid = await PaidOnceAsync(bank);
        var booked = await bank.Host.Services.GetRequiredService<SumBankDay>().RunAsync(
            BankAccount.Settlement("oshee", Currency.All), PaymentCalendar.Today(SystemClock.Instance.GetCurrentInstant()), CancellationToken.None);
        var proof = await bank.Host.Services.GetRequiredService<ProveBooks>().RunAsync(CancellationToken.None);
        return
        [
            new Row($"autopay of {bills} bills", "per s", bills / run.Took.TotalSeconds, "-", null),
            new Row($"autopay of {bills} bills, all of it", "s", run.Took.TotalSeconds, "-", null),
            new Row($"autopay of {bills} bills, until all are handed out", "s", run.HandedOut.TotalSeconds, $"{Report.Text(run.Took.TotalSeconds)}: all of it", run.Took.TotalSeconds),
            new Row($"autopay of {bills} bills, runs of the timer", "", run.Runs, "1: no run lasted longer than a function may", 1),
            new Row("storage calls per bill", "calls", (double)run.Calls / bills, $"{Minimum.Length}: {string.Join(", ", Minimum)}", Minimum.Length) { AtMost = 1 },
            new Row($"autopay of {bills} bills, memory", "MB", run.Megabytes.Whole, $"{Report.Text(first.Megabytes.Whole)}: of {few} bills, of fewer accounts than the ledger remembers", first.Megabytes.Whole),
            new Row("memory, second half", "MB", run.Megabytes.Later, $"{Report.Text(run.Megabytes.Earlier)}: first half", run.Megabytes.Earlier) { AtMost = WantedBounded },
            new Row("processor time of a bill, of the app alone", "ms", run.Own.Whole, $"{Report.Text(first.Own.Whole)}: of {few} bills", first.Own.Whole) { AtMost = WantedLinear },
            new Row("time of a bill, second half", "ms", run.Time.Later, $"{Report.Text(run.Time.Earlier)}: first half", run.Time.Earlier) { AtMost = WantedLinear },
            new Row("processor time of a bill, second half", "ms", run.Processor.Later, $"{Report.Text(run.Processor.Earlier)}: first half, Azurite's and the app's", run.Processor.Earlier) { AtMost = WantedLinear },
            new Row("the app's part of that", "ms", run.Own.Later, $"{Report.Text(run.Own.Earlier)}: first half", run.Own.Earlier) { AtMost = WantedLinear },
            new Row("bills that the company was paid exactly once", "", paid, $"{due}: due", due) { AtLeast = 1, AtMost = 1 },
            new Row("bills on the company's account with the bank", "", booked.Credits.Minor / (double)Bill, $"{due}: due", due) { AtLeast = 1, AtMost = 1 },
            new Row($"faults in the trial balance of {proof.Entries} entries", "", proof.IsProven ? 0 : Math.Max(1, proof.Faults.Count), "-", null),
        ];
    }

    /// <summary>What one bill needs when its account is remembered, by name.</summary>
    private static readonly string[] Minimum =
    [
        "authorisation", "intent", "payment", "open entry", "claim", "debit", "payment paid", "claim paid", "credit", "intent removed", "open entry removed", "is an e-mail wanted",
        "next pointer", "authorisation moved on", "pointer removed",
    ];

    /// <summary>Customers with four bills each, all due since yesterday's run, and money for them.</summary>
    /// <param name="from">The first customer's number.</param>
    internal static async Task DueAsync(BenchBank bank, int from, int bills)
    {
        var services = bank.Host.Services;
        var day = PaymentCalendar.Today(SystemClock.Instance.GetCurrentInstant()).PlusDays(-1);
        var (open, post) = (services.GetRequiredService<OpenAccount>(), services.GetRequiredService<PostJournal>());
        var customers = Enumerable.Range(from, bills / BillsEach);
        await Parallel.ForEachAsync(customers.Chunk(CreditsPerJournal), new ParallelOptions { MaxDegreeOfParallelism = Plan.Clients }, async (some, _) =>
        {
            var legs = new List<Leg>();
            foreach (var number in some)
            {
                var customer = CustomerId.Of((400_000_000 + number).ToString(CultureInfo.InvariantCulture));
                var account = (await open.RunAsync(new AccountOpening("autopay", customer, Currency.All, "Llogaria", IsMain: true), CancellationToken.None)).Value!.Id;
                legs.Add(Leg.Credit(account, Money.OfMinor(Salary, Currency.All)));
                var subscribers = Enumerable.Range((number * BillsEach) + 1, BillsEach).ToArray();
                foreach (var subscriber in subscribers)
                    await bank.IssueAsync(subscriber, 1);
                await services.AuthoriseAsync(customer, account, subscribers.Select(subscriber => ("oshee", BenchBank.ClientCode(subscriber))), day);
            }

            var journal = new Journal(
                TransactionId.Derive("bench_autopay", some[0].ToString(CultureInfo.InvariantCulture)), "salaries",
                [Leg.Debit(BankAccount.Cash(Currency.All), Money.OfMinor(Salary * some.Length, Currency.All)), .. legs], "Paga", day, "bench");
            if (!(await post.RunAsync(journal, CancellationToken.None)).IsSuccess)
                throw new InvalidOperationException("A salary was refused.");
        });
    }

    internal static async Task<Run> RunAsync(Plan plan, BenchBank bank, CallTally tally, int bills)
    {
        tally.Reset();
        var (before, peak, halfPeak) = (GC.GetTotalMemory(forceFullCollection: true), 0L, 0L);
        var (watch, began, beganOwn) = (Stopwatch.StartNew(), Processor(plan), Environment.CpuUsage.TotalTime);
        var (half, halfProcessor, halfOwn) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        var (handedOut, lastDone, lastProgress, lastWeighed) = (TimeSpan.Zero, 0, TimeSpan.Zero, TimeSpan.Zero);
        var runs = 0;
        var timer = HandOutAsync();
        while (true)
        {
            // An authorisation has moved on when its pointer has gone: the last of a bill's calls.
            var done = tally.Of("DELETE", "BillCollections");
            if (done > lastDone)
                (lastDone, lastProgress) = (done, watch.Elapsed);
            if (half == TimeSpan.Zero && done >= bills / 2)
            {
                (half, halfProcessor, halfOwn) = (Half(watch.Elapsed, done), Half(Processor(plan) - began, done), Half(Environment.CpuUsage.TotalTime - beganOwn, done));
                (halfPeak, peak) = (peak, 0);
            }

            if (done >= bills)
                break;

            // A run of the timer that lasted longer than a function may has left the rest to the next hour's, which finds it.
            if (timer.IsCompleted && watch.Elapsed - lastProgress > NextRunAfter && runs < RunsAtMost)
                timer = HandOutAsync();
            if (watch.Elapsed - lastProgress > StuckAfter)
                throw new InvalidOperationException($"{done} of {bills} bills after {watch.Elapsed}, and nothing moves.");
            if (watch.Elapsed - lastWeighed > WeighEvery)
            {
                lastWeighed = watch.Elapsed;
                GC.Collect();
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false) - before);
            }

            await Task.Delay(Look);
        }

        var (took, processor, own, calls) = (watch.Elapsed, Processor(plan) - began, Environment.CpuUsage.TotalTime - beganOwn, tally.Total);
        await timer;
        await DrainAsync(bank);
        return new Run(took, handedOut, runs, calls, new Halves(halfPeak / 1048576.0, peak / 1048576.0, Math.Max(halfPeak, peak) / 1048576.0), Split(half, took), Split(halfProcessor, processor), Split(halfOwn, own));

        // Nobody looks at the very moment.
        TimeSpan Half(TimeSpan so, int done) => so / done * (bills / 2);

        Halves Split(TimeSpan first, TimeSpan all) =>
            new(first.TotalMilliseconds / (bills / 2.0), (all - first).TotalMilliseconds / (bills / 2.0), all.TotalMilliseconds / bills);

        async Task HandOutAsync()
        {
            runs++;
            try
            {
                await bank.Host.FireTimerAsync("Bills_CollectDue");
            }
            catch (InvalidOperationException) when (runs < RunsAtMost)
            {
                // Its time was over.
            }

            handedOut = watch.Elapsed;
        }
    }

    /// <summary>Messages that a second run of the timer sent again may be many.</summary>
    private static async Task DrainAsync(BenchBank bank)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await bank.WhenIdleAsync();
                return;
            }
            catch (TimeoutException) when (tries < RunsAtMost)
            {
            }
        }
    }

    private static TimeSpan Processor(Plan plan) => plan.StorageProcessorTime() + Environment.CpuUsage.TotalTime;

    /// <summary>Invoices for which the company has one confirmed payment and no other.</summary>
    private static async Task<int> PaidOnceAsync(BenchBank bank)
    {
        var answer = await bank.Sandbox.Client.GetFromJsonAsync<JsonObject>(new Uri("billers/oshee/payments", UriKind.Relative));
        return answer!["payments"]!.AsArray().GroupBy(payment => (string)payment!["invoiceNumber"]!, StringComparer.Ordinal)
            .Count(payments => payments.Count() == 1 && (string)payments.Single()!["settlement"]!["status"]! == "confirmed");
    }

    /// <param name="HandedOut">Until the timer's last run had ended.</param>
    /// <param name="Runs">Of the timer.</param>
    /// <param name="Megabytes">The most that the process had more than before, what could be collected left out.</param>
    /// <param name="Time">Of a bill of each half, in ms; so are the processor times, of both processes and of the app's.</param>
    internal sealed record Run(
        TimeSpan Took, TimeSpan HandedOut, int Runs, int Calls, Halves Megabytes, Halves Time, Halves Processor, Halves Own);

    internal sealed record Halves(double Earlier, double Later, double Whole);
}
