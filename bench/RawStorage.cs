using System.Diagnostics;
using Azure.Data.Tables;

namespace Serverless.Bench;

/// <summary>What storage itself gives: entity-group transactions of three rows, as a leg of the ledger is, each in a partition of its own and with row keys that are nobody else's: the best that storage gives.</summary>
internal static class RawStorage
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);

    /// <returns>Transactions per second of that many clients at once.</returns>
    public static async Task<double> RateAsync(Plan plan, int clients, TimeSpan duration) => (await RunAsync(plan, clients, duration)).PerSecond;

    /// <returns>How many in all, the warm-up's included, and the rate after it.</returns>
    public static async Task<(int Done, double PerSecond)> RunAsync(Plan plan, int clients, TimeSpan duration)
    {
        var table = new TableClient(plan.Storage, Plan.NewPrefix());
        await table.CreateAsync();
        var warmUp = await RunAsync(table, clients, WarmUp);
        var watch = Stopwatch.StartNew();
        var done = await RunAsync(table, clients, duration);
        return (warmUp + done, done / watch.Elapsed.TotalSeconds);
    }

    private static async Task<int> RunAsync(TableClient table, int clients, TimeSpan duration)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var done = await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            var count = 0;
            for (; Stopwatch.GetTimestamp() < end; count++)
            {
                var partition = Guid.NewGuid().ToString("N");
                await table.SubmitTransactionAsync(new[] { "head", "entry", "marker" }.Select(row => new TableTransactionAction(
                    TableTransactionActionType.Add,
                    new TableEntity(partition, $"{row}|{partition}") { ["Minor"] = 170740L, ["Text"] = "oshee 000000001", ["Hash"] = partition })));
            }

            return count;
        }));
        return done.Sum();
    }
}
