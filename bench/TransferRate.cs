using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Serverless.Bench;

/// <summary>Transfers within the bank per second of 16 clients, each between accounts of its own; and the same with a fee, all fees to one account.</summary>
internal sealed class TransferRate : IMeasurement
{
    public string Name => "transfers";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        var (each, warmUp) = (plan.Of(quick: 12, full: 60), plan.Of(quick: 3, full: 10));
        await using var uniform = await BenchBank.StartAsync(plan, Limitless());
        await using var hot = await BenchBank.StartAsync(plan, [.. Limitless(), ("Transfers:Fees:inside:Flat:ALL", "1.00")]);
        var (free, charged) = (await PrepareAsync(uniform, (2 * each) + warmUp), await PrepareAsync(hot, (2 * each) + warmUp));
        await SendAsync(free, warmUp);
        await SendAsync(charged, warmUp);
        await uniform.Counter.WhenQuietAsync();
        await hot.Counter.WhenQuietAsync();

        // In turns, because a machine's speed changes while one looks.
        var slice = plan.Of(quick: TimeSpan.FromSeconds(1.5), full: TimeSpan.FromSeconds(4));
        var (raw, plain, fees, latencies) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        uniform.Counter.Reset();
        for (var turn = 0; turn < 2; turn++)
        {
            raw.Add(await RawStorage.RateAsync(plan, Plan.Clients, slice));
            plain.Add(await RateAsync(uniform, free, each, latencies));
            fees.Add(await RateAsync(hot, charged, each, []));
        }

        raw.Add(await RawStorage.RateAsync(plan, Plan.Clients, slice));
        var calls = (double)uniform.Counter.Count / (2 * each * Plan.Clients);
        var possible = raw.Average() / calls;
        foreach (var client in free.Concat(charged))
            client.Http.Dispose();
        return
        [
            new Row("storage calls per transfer, under load", "calls", calls, "-", null),
            new Row("transfers within the bank", "per s", plain.Average(), $"{Report.Text(possible)}: raw rate over calls; 0.7 wanted", possible),
            new Row("transfers with a fee to one account", "per s", fees.Average(), $"{Report.Text(plain.Average())}: without; 0.7 wanted", plain.Average()),
            new Row("transfer under load, p50", "ms", Percentiles.Of(latencies, 0.50), "-", null),
            new Row("transfer under load, p99", "ms", Percentiles.Of(latencies, 0.99), "-", null),
        ];
    }

    public static IReadOnlyList<(string Name, string Value)> Limitless() =>
        [.. new[] { "default", "own" }.SelectMany(kind => new[] { "PerHour", "PerDay", "PerMonth" }.Select(limit => ($"Transfers:Limits:{kind}:{limit}", "2000000000")))];

    private static async Task<double> RateAsync(BenchBank bank, Sender[] senders, int each, List<double> latencies)
    {
        var watch = Stopwatch.StartNew();
        latencies.AddRange(await SendAsync(senders, each));
        var perSecond = each * senders.Length / watch.Elapsed.TotalSeconds;
        await bank.Counter.WhenQuietAsync();
        return perSecond;
    }

    /// <summary>Quoted beforehand: what is measured is the confirmation.</summary>
    private static Task<Sender[]> PrepareAsync(BenchBank bank, int transfers) => Task.WhenAll(Enumerable.Range(0, Plan.Clients).Select(async index =>
    {
        var payer = await bank.OpenAsync((300_000_000 + (2 * index)).ToString(CultureInfo.InvariantCulture), "100000.00");
        var payee = await bank.OpenAsync((300_000_001 + (2 * index)).ToString(CultureInfo.InvariantCulture), "1.00");
        var client = await bank.ClientAsync(payer.Token);
        var quotes = new Queue<JsonObject>();
        for (var i = 0; i < transfers; i++)
        {
            var quote = await BenchBank.PostAsync(client, "api/v1/transfers/inside/quotes", BenchBank.Transfer(payer, payee));
            quotes.Enqueue(new JsonObject { ["quoteId"] = quote["quoteId"]!.DeepClone() });
        }

        return new Sender(client, quotes);
    }));

    private static async Task<List<double>> SendAsync(Sender[] senders, int each)
    {
        var latencies = await Task.WhenAll(senders.Select(async sender =>
        {
            var own = new List<double>();
            for (var i = 0; i < each; i++)
            {
                var watch = Stopwatch.StartNew();
                var sent = await BenchBank.PostAsync(sender.Http, "api/v1/transfers/inside", sender.Quotes.Dequeue());
                own.Add(watch.Elapsed.TotalMilliseconds);
                if ((string?)sent["state"] is not "settled")
                    throw new InvalidOperationException($"A transfer ended as {sent["state"]}.");
            }

            return own;
        }));
        return [.. latencies.SelectMany(own => own)];
    }

    private sealed record Sender(HttpClient Http, Queue<JsonObject> Quotes);
}
