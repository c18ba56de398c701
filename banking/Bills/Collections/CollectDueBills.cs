using NodaTime;
using Serverless.Banking.Messages;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Bills;

/// <summary>Finds the authorisations to look at by now and hands each to whoever is free (BILL-18, BILL-19).</summary>
/// <remarks>Costs in proportion to what is due. Running twice, or after a missed day, is harmless: the collection decides what still holds.</remarks>
public sealed class CollectDueBills
{
    internal const int SideBySide = 4;

    private readonly AuthorisationTable table;
    private readonly IWorkMessages messages;
    private readonly BankMetrics metrics;

    internal CollectDueBills(AuthorisationTable table, IWorkMessages messages, BankMetrics metrics) => (this.table, this.messages, this.metrics) = (table, messages, metrics);

    /// <returns>How many were handed out.</returns>
    /// <remarks>Some partitions side by side, so that the run does not wait for one send after the other; holds no more than one send of each, however many are due.</remarks>
    public async Task<int> RunAsync(Instant now, CancellationToken cancellation)
    {
        var count = 0;
        await Parallel.ForEachAsync(
            CollectionKeys.Partitions,
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellation },
            async (partition, stop) =>
            {
                var due = table.DueAsync(partition, now, stop)
                    .Select(found => new CollectionDue(found.It.Partition, found.It.Row, found.It.Customer.Value, found.It.Authorisation.Value, found.ETag.ToString()));
                Interlocked.Add(ref count, await messages.HandOutAsync(WorkQueues.BillCollections, due, stop));
            });
        metrics.Bill("due", count);
        return count;
    }
}

/// <summary>The message that asks for one authorisation's collection.</summary>
/// <param name="ETag">Of the pointer as the timer found it; null: whoever handles the message reads it.</param>
public sealed record CollectionDue(string Partition, string Row, string Customer, Guid Authorisation, string? ETag = null);
