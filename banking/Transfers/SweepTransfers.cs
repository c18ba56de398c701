using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Transfers;

/// <summary>Ends transfers within the bank that stand although their journal was refused, because the account was busy or the process was killed before it could say no.</summary>
/// <remarks>Reads only what is open. Whether an order is posted is the ledger's to say; what follows a posting its own sweeper does.</remarks>
public sealed partial class SweepTransfers
{
    private readonly OpenTransfers open;
    private readonly OrderPeriods periods;
    private readonly TransferTable table;
    private readonly TransferCourse course;
    private readonly TransferFollowUps followUps;
    private readonly FindJournal findJournal;
    private readonly TransfersOptions options;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;
    private readonly ILogger<SweepTransfers> log;

    internal SweepTransfers(
        OpenTransfers open, OrderPeriods periods, TransferTable table, TransferCourse course, TransferFollowUps followUps, FindJournal findJournal,
        IOptions<TransfersOptions> options, TimeProvider time, BankMetrics metrics, ILogger<SweepTransfers> log)
    {
        (this.open, this.periods, this.table, this.course, this.followUps) = (open, periods, table, course, followUps);
        (this.findJournal, this.options, this.time, this.metrics, this.log) = (findJournal, options.Value, time, metrics, log);
    }

    /// <summary>One transfer that cannot be helped now does not keep the others waiting.</summary>
    /// <returns>How many were done with.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var (found, done) = (0, 0);
        await ListForgottenAsync(now, cancellation);
        await foreach (var entry in open.ListAsync(now - Duration.FromTimeSpan(options.SweepAfter), cancellation))
        {
            found++;
            try
            {
                if (await FinishAsync(entry, now - entry.Since > Duration.FromTimeSpan(options.AbandonAfter), cancellation))
                {
                    await open.RemoveAsync(entry);
                    done++;
                }
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogLeft(entry.Id, e);
            }
        }

        metrics.Swept("transfers", found - done);
        return done;
    }

    /// <summary>Orders whose process died before their intent was written: stored beside each other, either may be missing. They get an open row now.</summary>
    private async Task ListForgottenAsync(Instant now, CancellationToken cancellation)
    {
        await foreach (var period in periods.ListAsync(now - Duration.FromTimeSpan(options.AbandonAfter), cancellation))
        {
            try
            {
                await foreach (var transfer in table.ListUnbookedAsync(period.Customer, period.From, period.End, cancellation))
                {
                    if (transfer is { State: TransferState.Accepted, IsWithinBank: true })
                        await open.AddAsync(transfer);
                }

                await periods.RemoveAsync(period);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogPeriodLeft(period.From, e);
            }
        }
    }

    /// <returns>False when it is to be looked at again.</returns>
    private async Task<bool> FinishAsync(OpenTransfer entry, bool isOld, CancellationToken cancellation)
    {
        if (await table.FindAsync(entry.Customer, entry.Id, cancellation) is not { } record)
            return isOld;

        var transfer = record.Transfer;
        if (transfer.State == TransferState.Accepted)
        {
            if (await findJournal.RunAsync(transfer.Transaction, transfer.From, cancellation) is { } posted)
            {
                if (posted.IsComplete)
                    await followUps.RunAsync(record, posted.PostedAt, cancellation);
                return posted.IsComplete;
            }

            return isOld && (await course.EndAsync(transfer, new TransferInterrupted(), cancellation)).State == TransferState.Rejected;
        }

        if (transfer.State == TransferState.Settled)
            await followUps.RunAsync(record, transfer.Timeline[^1].At, cancellation);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Transfer {Id} is left to the next sweep")]
    private partial void LogLeft(TransferId id, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Orders of a customer since {From} are left to the next sweep")]
    private partial void LogPeriodLeft(Instant from, Exception failure);
}
