using NodaTime;
using Serverless.Banking.Calendar;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>What the workflow has to do next.</summary>
/// <param name="ScreeningDeadline">Null unless the order is suspended.</param>
public sealed record OrderProgress(InterbankOrderState State, Instant StartsAt, Instant? ScreeningDeadline);

/// <summary>First step of an order that was taken: holds its names and countries against the list (TRF-39).</summary>
public sealed class BeginInterbankOrder
{
    private readonly InterbankOrders orders;
    private readonly InterbankCourse course;
    private readonly TransferTable table;
    private readonly ScreeningList screening;
    private readonly BankCalendar calendar;
    private readonly IEnumerable<ITransferFollowUp> followUps;

    internal BeginInterbankOrder(
        InterbankOrders orders, InterbankCourse course, TransferTable table, ScreeningList screening, BankCalendar calendar,
        IEnumerable<ITransferFollowUp> followUps) =>
        (this.orders, this.course, this.table, this.screening, this.calendar, this.followUps) = (orders, course, table, screening, calendar, followUps);

    /// <returns>Where the order stands; null when there is none. An order that nobody took is withdrawn and its hold lifted.</returns>
    public async Task<OrderProgress?> RunAsync(TransferId id, CancellationToken cancellation)
    {
        if (await orders.FindAsync(id, cancellation) is not { } record)
        {
            await orders.CloseAsync(id, cancellation);
            return null;
        }

        if (record.Order.State == InterbankOrderState.New)
            record = await TakeAsync(record, cancellation);
        record = await course.ContinueAsync(record, cancellation);
        return new OrderProgress(record.Order.State, record.Order.StartsAt, record.Order.ScreeningDeadline);
    }

    private async Task<OrderRecord> TakeAsync(OrderRecord record, CancellationToken cancellation)
    {
        var (transfer, payee) = (record.Order.Transfer, record.Order.Transfer.To);
        if (await table.FindAsync(transfer.Customer, transfer.Id, cancellation) is not { } taken)
        {
            (record, _) = await orders.ChangeAsync(
                record, order => order.State == InterbankOrderState.New ? order with { State = InterbankOrderState.Abandoned } : null, cancellation);
            return record;
        }

        foreach (var followUp in followUps)
            await followUp.RunAsync(taken.Transfer, taken.SaveBeneficiary, cancellation);
        var hit = screening.Find(
            [payee.Name, transfer.Payer.Name, payee.Bank?.Name],
            [payee.Address?.Country, payee.Bank?.Country, payee.Bank?.Bic is { Length: >= 6 } bic ? bic[4..6] : null]);
        if (hit is not null)
            await orders.StopAsync(transfer.Id, cancellation);
        (record, _) = await orders.ChangeAsync(
            record,
            order => order.State != InterbankOrderState.New ? null
                : hit is null ? order with { State = InterbankOrderState.Cleared }
                : order with { State = InterbankOrderState.Suspended, ScreeningHit = hit, ScreeningDeadline = calendar.OneBusinessDayAfter(course.Now) },
            cancellation);
        return record;
    }
}
