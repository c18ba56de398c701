using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>Everything about a posted transfer that nobody waits for: its state, the payee's view of it, the follow-ups.</summary>
internal sealed class TransferFollowUps(TransferTable table, OpenJournals journals, IEnumerable<ITransferFollowUp> followUps) : IAsyncDisposable
{
    /// <summary>Made after all that it needs, so it goes before any of that: a shutdown lets what is under way end here.</summary>
    public async ValueTask DisposeAsync() => await journals.DrainAsync();

    public async Task RunAsync(TransferRecord record, Instant postedAt, CancellationToken cancellation)
    {
        var settled = record.Transfer.At(TransferState.Settled, postedAt);
        if (record.Transfer.State != TransferState.Settled && !await table.ReplaceAsync(record, settled))
        {
            // Somebody else was first; whoever it was, look again at what is stored.
            if (await table.FindAsync(settled.Customer, settled.Id, cancellation) is { Transfer.State: TransferState.Accepted } stored
                && !await table.ReplaceAsync(stored, settled))
                throw new InvalidOperationException($"Transfer {settled.Id} is being changed by somebody else.");
        }

        if (settled.To.Customer is { } payee && payee != settled.Customer)
            await table.AddReceivedAsync(settled, payee, cancellation);
        foreach (var followUp in followUps)
            await followUp.RunAsync(settled, record.SaveBeneficiary, cancellation);
    }
}
