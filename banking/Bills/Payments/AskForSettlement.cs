using Serverless.Banking.Partners;

namespace Serverless.Banking.Bills;

/// <summary>Asks the company what became of a pending payment, tells it again if it never heard, and applies the answer.</summary>
public sealed class AskForSettlement
{
    private readonly OpenPayments open;
    private readonly BillerClient billers;
    private readonly SettlePayment settle;
    private readonly PaymentTable payments;

    internal AskForSettlement(OpenPayments open, BillerClient billers, SettlePayment settle, PaymentTable payments) =>
        (this.open, this.billers, this.settle, this.payments) = (open, billers, settle, payments);

    /// <returns>The payment's state; null when it is no longer open, because somebody else settled it.</returns>
    public async Task<PaymentState?> RunAsync(PaymentId id, CancellationToken cancellation)
    {
        if (await open.FindAsync(id, cancellation) is not { } entry)
            return null;

        if (await payments.FindAsync(entry.Payment.Customer, id, cancellation) is not { Payment: var payment })
            return null;

        var company = payment.Account.Company;
        var answer = await billers.FindPaymentAsync(company, id.Value, cancellation);
        if (answer is Settlement.NeverReceived)
        {
            // Told only if the customer was debited: the sweeper ends those that were not.
            if (payment.State is not (PaymentState.Pending or PaymentState.Unresolved))
                return payment.State;
            answer = await billers.PayAsync(PaymentCourse.OrderOf(payment), cancellation);
        }

        var settled = await settle.RunAsync(company, id, answer, cancellation);
        return settled.IsSuccess ? settled.Value : null;
    }
}
