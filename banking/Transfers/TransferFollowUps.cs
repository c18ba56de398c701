using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>Everything about a posted transfer that nobody waits for: its state, the payee's view of it, the follow-ups, the end of its open row.</summary>
internal sealed partial class TransferFollowUps(
    TransferTable table, OpenTransfers open, IEnumerable<ITransferFollowUp> followUps, ILogger<TransferFollowUps> log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Task, Nothing> running = new();

    /// <summary>Does it while the customer reads his answer. What fails is left to the sweeper.</summary>
    public void RunSoon(TransferRecord record, Instant postedAt)
    {
        var task = RunQuietlyAsync(record, postedAt);
        running[task] = default;
        _ = task.ContinueWith(done => running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits for what is under way: at shutdown, and before a test counts calls.</summary>
    public Task DrainAsync() => Task.WhenAll(running.Keys);

    public async ValueTask DisposeAsync() => await DrainAsync();

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
        await open.RemoveAsync(OpenTransfers.Of(settled));
    }

    private async Task RunQuietlyAsync(TransferRecord record, Instant postedAt)
    {
        try
        {
            await RunAsync(record, postedAt, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogLeft(record.Transfer.Id, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Transfer {Id} is settled; what follows is left to the sweeper")]
    private partial void LogLeft(TransferId id, Exception exception);
}
