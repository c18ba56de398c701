using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Serverless.Bench;

/// <summary>Bill payments per second of 16 clients, each paying from an account of its own; the company is the sandbox.</summary>
internal sealed class PaymentRate : IMeasurement
{
    public string Name => "bill payments";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        var each = plan.Of(quick: 10, full: 50);
        var warmUp = plan.Of(quick: 2, full: 10);
        await using var bank = await BenchBank.StartAsync(plan);
        var payers = await Task.WhenAll(Enumerable.Range(0, Plan.Clients).Select(i => PrepareAsync(bank, i, each + warmUp)));
        await PayAsync(payers, warmUp);
        await bank.Counter.WhenQuietAsync();

        // Before and after, because a machine's speed changes while one looks.
        var half = plan.Of(quick: TimeSpan.FromSeconds(1.5), full: TimeSpan.FromSeconds(4));
        var rawBefore = await RawStorage.RateAsync(plan, Plan.Clients, half);
        bank.Counter.Reset();
        var watch = Stopwatch.StartNew();
        var latencies = await PayAsync(payers, each);
        var perSecond = latencies.Count / watch.Elapsed.TotalSeconds;
        await bank.Counter.WhenQuietAsync();
        var calls = (double)bank.Counter.Count / latencies.Count;

        var raw = (rawBefore + await RawStorage.RateAsync(plan, Plan.Clients, half)) / 2;
        foreach (var payer in payers)
            payer.Client.Dispose();
        return
        [
            new Row("raw storage transactions", "per s", raw, "-", null),
            new Row("storage calls per bill payment, under load", "calls", calls, "-", null),
            new Row("bill payments", "per s", perSecond, $"{Report.Text(raw / calls)}: raw rate over calls", raw / calls),
            new Row("bill payment under load, p50", "ms", Percentiles.Of(latencies, 0.50), "-", null),
            new Row("bill payment under load, p99", "ms", Percentiles.Of(latencies, 0.99), "-", null),
        ];
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
                var paid = await BenchBank.PostAsync(payer.Client, "api/v1/bills/payments", new JsonObject { ["quoteId"] = payer.Quotes.Dequeue() });
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
