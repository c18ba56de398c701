using NodaTime;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Outbox;

/// <summary>Does what a crash left undone of what follows writes.</summary>
/// <remarks>Its cost is in proportion to what is under way or was left. Safe to run twice, at once, and late.</remarks>
public sealed class SweepOutbox
{
    private static readonly Duration Grace = Duration.FromMinutes(1);

    /// <summary>Longer than any request lives: a younger pointer may be of a group that is still to be written.</summary>
    private static readonly Duration WriterLivesAtMost = Duration.FromMinutes(4);

    private readonly OutboxTable table;
    private readonly Dispatch dispatch;
    private readonly BankMetrics metrics;

    internal SweepOutbox(OutboxTable table, Dispatch dispatch, BankMetrics metrics) => (this.table, this.dispatch, this.metrics) = (table, dispatch, metrics);

    /// <returns>How many follow-ups it did.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var done = 0;
        await foreach (var pointer in table.PointersAsync(cancellation))
        {
            var age = table.Now - pointer.Since;
            if (age < Grace)
                continue;
            if (await table.FindAsync(pointer.Table, pointer.Partition, pointer.Id, cancellation) is { } row)
            {
                await dispatch.RunAsync(row);
                done++;
            }
            else if (age > WriterLivesAtMost)
                await table.ForgetAsync(pointer.Id);
        }

        metrics.Swept("outbox", done);
        return done;
    }
}
