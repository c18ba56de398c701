using NodaTime;
using Serverless.Banking.Messages;

namespace Serverless.Banking.Transfers;

/// <summary>Finds the standing transfers due by now and hands each to whoever is free (TRF-33).</summary>
/// <remarks>Costs in proportion to what is due. Running twice, or after a missed day, is harmless: the execution decides what still holds.</remarks>
public sealed class ExecuteDuePeriodicTransfers
{
    private readonly PeriodicTable table;
    private readonly IWorkMessages messages;

    internal ExecuteDuePeriodicTransfers(PeriodicTable table, IWorkMessages messages) => (this.table, this.messages) = (table, messages);

    /// <returns>How many were handed out.</returns>
    public async Task<int> RunAsync(Instant now, CancellationToken cancellation)
    {
        List<PeriodicTransferDue> found = [];
        await foreach (var pointer in table.DueAsync(now, cancellation))
            found.Add(new PeriodicTransferDue(pointer.Partition, pointer.Row, pointer.Customer.Value, pointer.Transfer.Value));
        if (found.Count > 0)
            await messages.SendAsync(WorkQueues.PeriodicTransfers, found, cancellation);
        return found.Count;
    }
}

/// <summary>The message that asks for the execution of one standing transfer.</summary>
public sealed record PeriodicTransferDue(string Partition, string Row, string Customer, Guid Transfer);

/// <summary>Executes one standing transfer for every due date that has come, in order (TRF-33, TRF-41).</summary>
public sealed class ExecutePeriodicTransfer
{
    /// <summary>Due dates made up for by one message after a long stop; the timer's next run goes on.</summary>
    private const int DatesAtMost = 60;

    private readonly PeriodicTable table;
    private readonly PeriodicCourse course;
    private readonly TimeProvider time;

    internal ExecutePeriodicTransfer(PeriodicTable table, PeriodicCourse course, TimeProvider time) => (this.table, this.course, this.time) = (table, course, time);

    /// <remarks>Comes twice, late and at the same time: each due date has one transfer, and the standing transfer moves on under its ETag.</remarks>
    public async Task RunAsync(PeriodicTransferDue due, CancellationToken cancellation)
    {
        var id = new PeriodicTransferId(due.Transfer);
        var pointer = new PeriodicPointer(due.Partition, due.Row, CustomerId.Of(due.Customer), id);
        var stored = await table.FindAsync(pointer.Customer, id, cancellation);
        if (stored is null || PeriodicTable.PointerOf(stored.It) != pointer)
        {
            await DropStrayAsync(pointer, cancellation);
            return;
        }

        for (var dates = 0; dates < DatesAtMost && stored?.It.Next is { } next && next.At <= Instant.FromDateTimeOffset(time.GetUtcNow()); dates++)
        {
            if (stored.It.Running is null)
                stored = await course.BeginAsync(stored, cancellation);
            if (stored?.It.Running is not null)
                stored = await course.CarryThroughAsync(stored, cancellation);
        }
    }

    /// <summary>A pointer is written before its transfer, so one that leads nowhere is dropped only when nobody can be about to write that transfer.</summary>
    private async Task DropStrayAsync(PeriodicPointer pointer, CancellationToken cancellation)
    {
        if (await table.FindPointerAsync(pointer, cancellation) is not { } stray || !IsAbandoned(stray.WrittenAt))
            return;
        if (await table.FindAsync(pointer.Customer, pointer.Transfer, cancellation) is not { } stored || PeriodicTable.PointerOf(stored.It) != pointer)
            await table.DropPointerAsync(stray, cancellation);
    }

    /// <summary>Longer than any request of the app lives: the platform ends one after 230 seconds.</summary>
    private bool IsAbandoned(DateTimeOffset? writtenAt) => writtenAt is not { } at || time.GetUtcNow() - at > TimeSpan.FromMinutes(4);
}
