using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>Ends a standing transfer: nothing is executed any more; it stays in the list (TRF-32).</summary>
public sealed class CancelPeriodicTransfer
{
    private readonly PeriodicTable table;
    private readonly PeriodicCourse course;

    internal CancelPeriodicTransfer(PeriodicTable table, PeriodicCourse course) => (this.table, this.course) = (table, course);

    /// <returns>The cancelled one, also when it was cancelled before; a finished one stays finished. Or <see cref="PeriodicTransferNotFound"/>,
    /// <see cref="AccountBusy"/> (an execution is under way).</returns>
    public async Task<Result<PeriodicTransfer>> RunAsync(CustomerId customer, PeriodicTransferId id, CancellationToken cancellation)
    {
        while (true)
        {
            if (await table.FindAsync(customer, id, cancellation) is not { } stored)
                return new PeriodicTransferNotFound();
            if (stored.It.State != PeriodicTransferState.Active)
                return stored.It;
            if (stored.It.Running is { } running)
            {
                // What has begun before the cancellation is carried through first: it may have been booked.
                if (await course.CarryThroughAsync(stored, cancellation) is null
                    && (await table.FindAsync(customer, id, cancellation))?.It.Running == running)
                    return new AccountBusy();
                continue;
            }

            if (await table.ChangeAsync(stored, stored.It with { State = PeriodicTransferState.Cancelled, Next = null }, cancellation) is { } cancelled)
                return cancelled.It;
        }
    }
}
