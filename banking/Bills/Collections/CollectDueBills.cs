using NodaTime;
using Serverless.Banking.Messages;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Bills;

/// <summary>Finds the authorisations to look at by now and hands each to whoever is free (BILL-18, BILL-19).</summary>
/// <remarks>Costs in proportion to what is due. Running twice, or after a missed day, is harmless: the collection decides what still holds.</remarks>
public sealed class CollectDueBills
{
    private readonly AuthorisationTable table;
    private readonly IWorkMessages messages;
    private readonly BankMetrics metrics;

    internal CollectDueBills(AuthorisationTable table, IWorkMessages messages, BankMetrics metrics) => (this.table, this.messages, this.metrics) = (table, messages, metrics);

    /// <returns>How many were handed out.</returns>
    /// <remarks>Holds no more than one send of them, however many are due.</remarks>
    public async Task<int> RunAsync(Instant now, CancellationToken cancellation)
    {
        var due = await messages.HandOutAsync(
            WorkQueues.BillCollections,
            table.DueAsync(now, cancellation)
                .Select(pointer => new CollectionDue(pointer.Partition, pointer.Row, pointer.Customer.Value, pointer.Authorisation.Value)),
            cancellation);
        metrics.Bill("due", due);
        return due;
    }
}

/// <summary>The message that asks for one authorisation's collection.</summary>
public sealed record CollectionDue(string Partition, string Row, string Customer, Guid Authorisation);
