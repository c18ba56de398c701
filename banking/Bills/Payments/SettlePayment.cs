using Serverless.Banking.Partners;

namespace Serverless.Banking.Bills;

/// <summary>Applies what a company says about a payment, whenever and however often it says it: by answer, by webhook, by an officer.</summary>
public sealed class SettlePayment
{
    private readonly OpenPayments open;
    private readonly PaymentTable payments;
    private readonly PaymentCourse course;

    internal SettlePayment(OpenPayments open, PaymentTable payments, PaymentCourse course) => (this.open, this.payments, this.course) = (open, payments, course);

    /// <param name="company">Who says so: only the payment's own company is heard.</param>
    /// <returns>The payment's state. Or <see cref="PaymentNotFound"/>: settled before, never made, or another company's; nothing was done.</returns>
    /// <remarks>Idempotent; a pending or unknown settlement changes nothing.</remarks>
    public async Task<Result<PaymentState>> RunAsync(CompanyId company, PaymentId id, Settlement settlement, CancellationToken cancellation)
    {
        if (await open.FindAsync(id, cancellation) is not { } entry
            || await payments.FindAsync(entry.Payment.Customer, id, cancellation) is not { } record || record.Payment.Account.Company != company)
        {
            return new PaymentNotFound();
        }
        if (settlement is not (Settlement.Confirmed or Settlement.Refused))
            return record.Payment.State;
        if (record.Payment.State.IsFinal())
        {
            // Settled, and killed before what follows was done: an unresolved payment has no sweeper to do it.
            await course.RunAsync(record, entry, customerWaits: false, cancellation);
            return record.Payment.State;
        }

        // A company that has an opinion was told of the payment, so the account was debited; anything else is no message about this payment.
        if (!await course.IsDebitedAsync(record.Payment, cancellation))
            return new PaymentNotFound();

        await course.SettleAsync(record, entry, null, settlement, customerWaits: false, cancellation);
        return (await payments.FindAsync(record.Payment.Customer, id, cancellation))!.Payment.State;
    }
}
