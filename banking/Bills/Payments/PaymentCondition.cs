using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <summary>Tells the ledger's sweeper whether a payment that it finds undebited may be debited: it is recorded and has its invoice.</summary>
/// <remarks>What the killed run had not written yet is written here, so that what follows the debit is in the payments' sweeper's sight.</remarks>
internal sealed class PaymentCondition(PaymentTable payments, OpenPayments open, InvoiceClaims claims, ReadBook books) : IJournalCondition
{
    public string Kind => PaymentCourse.JournalKind;

    public async Task<bool> HoldsAsync(Journal journal, CancellationToken cancellation)
    {
        if (await books.RecallAsync(journal.Debtor!.Value, cancellation) is not { Owner: var customer }
            || await payments.FindAsync(customer, new PaymentId(Guid.Parse(journal.Reference)), cancellation) is not { Payment: var payment } record)
        {
            return false;
        }

        if (payment.State != PaymentState.Processing)
            return payment.State != PaymentState.Failed;

        // A twin may have recorded other terms than this intent has: a rate that changed in between.
        if (JournalText.ContentHash(PaymentCourse.JournalOf(payment)) != JournalText.ContentHash(journal))
            return false;
        await open.OpenAsync(payment, record.RequestHash, cancellation);
        return (await claims.TakeAsync(payment, cancellation)).IsSuccess;
    }
}
