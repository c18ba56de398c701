using NodaTime;
using Serverless.Banking.Messages;

namespace Serverless.Banking.Bills;

/// <summary>Finds the authorisations to look at by now and hands each to whoever is free (BILL-18, BILL-19).</summary>
/// <remarks>Costs in proportion to what is due. Running twice, or after a missed day, is harmless: the collection decides what still holds.</remarks>
public sealed class CollectDueBills
{
    private readonly AuthorisationTable table;
    private readonly IWorkMessages messages;

    internal CollectDueBills(AuthorisationTable table, IWorkMessages messages) => (this.table, this.messages) = (table, messages);

    /// <returns>How many were handed out.</returns>
    /// <remarks>Holds no more than one send of them, however many are due.</remarks>
    public Task<int> RunAsync(Instant now, CancellationToken cancellation) => messages.HandOutAsync(
        WorkQueues.BillCollections,
        table.DueAsync(now, cancellation)
            .Select(pointer => new CollectionDue(pointer.Partition, pointer.Row, pointer.Customer.Value, pointer.Authorisation.Value)),
        cancellation);
}

/// <summary>The message that asks for one authorisation's collection.</summary>
public sealed record CollectionDue(string Partition, string Row, string Customer, Guid Authorisation);
