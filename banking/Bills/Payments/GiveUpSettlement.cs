using NodaTime;

namespace Serverless.Banking.Bills;

/// <summary>Hands a payment to staff whose company did not answer within the deadline. Its money stays debited and its invoice claimed.</summary>
/// <remarks>Silence is no refusal: the company may have booked it. A late answer still settles it.</remarks>
public sealed class GiveUpSettlement
{
    private readonly OpenPayments open;
    private readonly PaymentTable payments;
    private readonly TimeProvider time;

    internal GiveUpSettlement(OpenPayments open, PaymentTable payments, TimeProvider time) => (this.open, this.payments, this.time) = (open, payments, time);

    /// <returns>The payment's state; null when it is no longer open.</returns>
    public async Task<PaymentState?> RunAsync(PaymentId id, CancellationToken cancellation)
    {
        if (await open.FindAsync(id, cancellation) is not { } entry)
            return null;
        if (await payments.FindAsync(entry.Payment.Customer, id, cancellation) is not { } record)
            return null;

        var at = Instant.FromDateTimeOffset(time.GetUtcNow());
        record = await payments.ChangeAsync(
            record,
            payment => payment.State == PaymentState.Pending ? payment.Become(PaymentState.Unresolved, at) : null,
            cancellation);
        if (record.Payment.State == PaymentState.Unresolved)
            await open.MoveToUnresolvedAsync(entry, cancellation);
        return record.Payment.State;
    }
}
