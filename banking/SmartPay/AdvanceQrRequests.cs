using NodaTime;

namespace Serverless.Banking.SmartPay;

/// <summary>Closes requests past their life (QR-41), and carries through payments that a killed process left.</summary>
/// <remarks>Costs in proportion to what is due. Running twice, or after a missed day, is harmless: the request says what still holds.</remarks>
public sealed class AdvanceQrRequests
{
    private readonly SmartPayTable table;
    private readonly QrPaymentCourse course;

    internal AdvanceQrRequests(SmartPayTable table, QrPaymentCourse course) => (this.table, this.course) = (table, course);

    public async Task RunAsync(Instant now, CancellationToken cancellation)
    {
        await foreach (var due in table.DueAsync(now, cancellation))
        {
            if (await AdvanceAsync(due, now, cancellation))
                await table.DropPointerAsync(due.Request, due.At, due.Attempt, cancellation);
        }
    }

    /// <returns>True when the pointer is needed no longer.</returns>
    private async Task<bool> AdvanceAsync(QrRequestDue due, Instant now, CancellationToken cancellation)
    {
        // Without a request the order was killed before it was written, and its repeat points here again.
        if (await table.FindAsync(due.Owner, due.Request, cancellation) is not { Stored: var stored })
            return true;
        if (stored.It is { Payment: { } payment, PaidAt: null })
        {
            if (QrPaymentCourse.SweepAt(payment) > now)
                return due.Attempt != 0 && due.Attempt != payment.Attempt;
            await course.CarryThroughAsync(stored, cancellation);
            if (due.Attempt != 0)
                return true;
            stored = (await table.FindAsync(due.Owner, due.Request, cancellation))!.Value.Stored;
        }

        return due.Attempt != 0 || stored.It.PaidAt is not null || stored.It.ExpiredAt is not null
            || (stored.It.Payment is null && await table.ChangeAsync(stored, stored.It with { ExpiredAt = stored.It.ExpiresAt }, cancellation) is not null);
    }
}
