namespace Serverless.Banking.Outbox;

/// <summary>Carries outbox rows out.</summary>
/// <remarks>
/// A teller points, writes the row in its group, and dispatches: the customer's call does what follows at once. Killed anywhere in between, <see cref="SweepOutbox"/> does it a
/// minute later; both may, since a follow-up may run twice.
/// </remarks>
internal sealed class Dispatch(OutboxTable table, IEnumerable<IFollowUp> followUps)
{
    private readonly Dictionary<string, IFollowUp> byKind = followUps.ToDictionary(followUp => followUp.Kind, StringComparer.Ordinal);

    /// <summary>Before the group.</summary>
    public Task PointAsync(OutboxRow row, CancellationToken cancellation) => table.PointAsync(row, cancellation);

    /// <summary>After the group, to its end, also when the customer has hung up.</summary>
    public async Task RunAsync(OutboxRow row)
    {
        await byKind[row.Kind].RunAsync(row.Content);
        await table.EndAsync(row);
    }

    /// <summary>For the repetition of an order: does what its first try left undone. Nothing when all was done, so that nobody is told of it again years later.</summary>
    public async Task FinishAsync(OutboxRow row)
    {
        if (await table.FindAsync(row.Table, row.Partition, row.Id, CancellationToken.None) is { } left)
            await RunAsync(left);
    }
}
