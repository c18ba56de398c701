using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Serverless.Bench;

/// <summary>Bill payments per second of 16 clients, each paying from an account of its own, in turns with raw storage; the company is the sandbox.</summary>
internal sealed class PaymentRate : IMeasurement
{
    public string Name => "bill payments";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        var (rounds, each, warmUp) = (plan.Of(quick: 3, full: 9), plan.Of(quick: 4, full: 8), plan.Of(quick: 4, full: 10));
        await using var bank = await BenchBank.StartAsync(plan);
        var payers = await Task.WhenAll(Enumerable.Range(0, Plan.Clients).Select(i => PrepareAsync(bank, i, (rounds * each) + warmUp)));
        await RateAsync(bank, payers, warmUp, new Spent(plan));

        var slice = plan.Of(quick: TimeSpan.FromSeconds(1), full: TimeSpan.FromSeconds(3));
        var spent = new Spent(plan);
        bank.Counter.Reset();
        var turns = new Rounds(() => RawStorage.RateAsync(plan, Plan.Clients, slice), () => RateAsync(bank, payers, each, spent));
        await turns.RunAsync(rounds);
        var calls = (double)bank.Counter.Count / (rounds * each * Plan.Clients);
        foreach (var payer in payers)
            payer.Client.Dispose();
        var (raw, paid) = (turns.Median(0), turns.Median(1));
        return
        [
            new Row("storage calls per bill payment, under load", "calls", calls, "-", null),
            new Row("bill payments", "per s", paid, $"{Report.Text(raw / calls)}: raw rate over calls", raw / calls),
            new Row("bill payment under load, p50", "ms", Percentiles.Of(spent.Latencies, 0.50), "-", null),
            new Row("bill payment under load, p99", "ms", Percentiles.Of(spent.Latencies, 0.99), "-", null),
        ];
    }

    private static async Task<double> RateAsync(BenchBank bank, Payer[] payers, int each, Spent spent)
    {
        var watch = Stopwatch.StartNew();
        spent.Latencies.AddRange(await PayAsync(payers, each));
        await bank.WhenIdleAsync();
        return each * payers.Length / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Quoted beforehand: what is measured is the confirmation.</summary>
    private static async Task<Payer> PrepareAsync(BenchBank bank, int index, int payments)
    {
        var customer = await bank.OpenAsync((300_000_000 + index).ToString(CultureInfo.InvariantCulture), "1000000.00");
        var client = await bank.ClientAsync(customer.Token);
        var quotes = new Queue<string>();
        foreach (var invoice in await bank.IssueAsync(index + 1, payments))
        {
            var quote = await BenchBank.PostAsync(client, "api/v1/bills/quotes", BenchBank.Quote(customer, index + 1, invoice));
            quotes.Enqueue(quote["quoteId"]!.GetValue<string>());
        }

        return new Payer(client, quotes);
    }

    private static async Task<List<double>> PayAsync(Payer[] payers, int each)
    {
        var latencies = await Task.WhenAll(payers.Select(async payer =>
        {
            var own = new List<double>();
            for (var i = 0; i < each; i++)
            {
                var watch = Stopwatch.StartNew();
                var paid = await BenchBank.PostAsync(payer.Client, "api/v1/bills/payments", new JsonObject { ["quoteId"] = payer.Quotes.Dequeue(), ["payAgain"] = true });
                own.Add(watch.Elapsed.TotalMilliseconds);
                if (paid["state"]!.GetValue<string>() is not "paid")
                    throw new InvalidOperationException($"A payment ended as {paid["state"]}.");
            }

            return own;
        }));
        return [.. latencies.SelectMany(own => own)];
    }

    private sealed record Payer(HttpClient Client, Queue<string> Quotes);
}
