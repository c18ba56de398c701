using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Serverless.Bench;

/// <summary>Transfers within the bank per second of 16 clients, each between accounts of its own; and the same with a fee, all fees to one account.</summary>
/// <remarks>
/// A turn ends when everything is done that follows its answers, the payees' notices included: what is counted as a transfer's calls has run in its time.
/// Raw storage, transfers and transfers with a fee take turns.
/// </remarks>
internal sealed class TransferRate : IMeasurement
{
    private const double Wanted = 0.7;

    public string Name => "transfers";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        var (rounds, each, warmUp) = (plan.Of(quick: 3, full: 9), plan.Of(quick: 8, full: 16), plan.Of(quick: 6, full: 20));
        await using var uniform = await BenchBank.StartAsync(plan, Limitless());
        await using var hot = await BenchBank.StartAsync(plan, [.. Limitless(), ("Transfers:Fees:inside:Flat:ALL", "1.00")]);
        var (free, charged) = (await PrepareAsync(uniform, (rounds * each) + warmUp), await PrepareAsync(hot, (rounds * each) + warmUp));
        await RateAsync(uniform, free, warmUp, new Spent(plan));
        await RateAsync(hot, charged, warmUp, new Spent(plan));

        var slice = plan.Of(quick: TimeSpan.FromSeconds(1), full: TimeSpan.FromSeconds(3));
        var (rawSpent, spent, hotSpent) = (new Spent(plan), new Spent(plan), new Spent(plan));
        uniform.Counter.Reset();
        hot.Counter.Reset();
        var turns = new Rounds(
            () => RawAsync(plan, slice, rawSpent),
            () => RateAsync(uniform, free, each, spent),
            () => RateAsync(hot, charged, each, hotSpent));
        await turns.RunAsync(rounds);

        var done = rounds * each * Plan.Clients;
        var (calls, hotCalls) = ((double)uniform.Counter.Count / done, (double)hot.Counter.Count / done);
        if (plan.ListsCalls)
            await ListAsync(uniform.Counter, done);
        foreach (var client in free.Concat(charged))
            client.Http.Dispose();

        var (raw, plain, fees) = (turns.Median(0), turns.Median(1), turns.Median(2));
        var (least, greatest) = turns.Spread(1, over: 0);
        var possible = raw / calls;
        var possibleOfProcessor = rawSpent.PerProcessorSecond / calls;
        return
        [
            new Row("raw storage transactions", "per s", raw, "-", null),
            new Row("storage calls per transfer, under load", "calls", calls, "-", null),
            new Row(
                "transfers within the bank", "per s", plain,
                $"{Report.Text(possible)}: raw rate over calls (rounds {Report.Text(least * calls)} to {Report.Text(greatest * calls)})", possible) { AtLeast = Wanted },
            new Row(
                "transfers within the bank", "per s of processor", spent.PerProcessorSecond,
                $"{Report.Text(possibleOfProcessor)}: raw over calls, Azurite's processor time and ours", possibleOfProcessor),
            new Row("storage's part of a transfer's processor time", "ms", spent.StorageMs, $"{Report.Text(rawSpent.StorageMs * calls)}: raw times calls", rawSpent.StorageMs * calls),
            new Row("the app's, clients' and sandbox's part", "ms", spent.OwnMs, $"{Report.Text(rawSpent.OwnMs * calls)}: raw times calls", rawSpent.OwnMs * calls),
            new Row("transfers with a fee to one account", "per s", fees, $"{Report.Text(plain)}: without", plain) { AtLeast = Wanted },
            new Row("transfers with a fee to one account", "per s", fees * hotCalls / calls, $"{Report.Text(plain)}: without, for each call", plain) { AtLeast = Wanted },
            new Row("transfer under load, p50", "ms", Percentiles.Of(spent.Latencies, 0.50), "-", null),
            new Row("transfer under load, p99", "ms", Percentiles.Of(spent.Latencies, 0.99), "-", null),
        ];
    }

    public static IReadOnlyList<(string Name, string Value)> Limitless() =>
        [.. new[] { "default", "own" }.SelectMany(kind => new[] { "PerHour", "PerDay", "PerMonth" }.Select(limit => ($"Transfers:Limits:{kind}:{limit}", "2000000000")))];

    private static async Task<double> RawAsync(Plan plan, TimeSpan slice, Spent spent)
    {
        spent.Begin();
        var (done, perSecond) = await RawStorage.RunAsync(plan, Plan.Clients, slice);
        spent.End(done);
        return perSecond;
    }

    private static async Task<double> RateAsync(BenchBank bank, Sender[] senders, int each, Spent spent)
    {
        spent.Begin();
        var watch = Stopwatch.StartNew();
        spent.Latencies.AddRange(await SendAsync(senders, each));
        await bank.WhenIdleAsync();
        spent.End(each * senders.Length);
        return each * senders.Length / watch.Elapsed.TotalSeconds;
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
            quotes.Enqueue(new JsonObject { ["quoteId"] = quote["quoteId"]!.DeepClone(), ["payAgain"] = true });
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

    /// <summary>Those that failed show what met whom.</summary>
    private static Task ListAsync(CallCounter counter, int done) => Console.Error.WriteLineAsync(
        $"transfer under load: {string.Join(", ", counter.Calls.GroupBy(call => $"{call.What} {call.Status}").OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} x {Report.Text((double)group.Count() / done)}"))}");

    private sealed record Sender(HttpClient Http, Queue<JsonObject> Quotes);
}
