using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.SmartPay;

/// <summary>Carries a payment that was written into a request to its end: the request paid, or open again. The payer, retries and the timer all go this course.</summary>
/// <remarks>
/// The transfer's id is made of request and attempt, so every run of the attempt meets the same transfer. A refused attempt is given up only after its journal
/// was voided: it can never be booked later, beside another attempt's.
/// </remarks>
internal sealed class QrPaymentCourse(SmartPayTable table, SendTransfer transfers, VoidJournal voidJournal, FindTransfer find, TimeProvider time)
{
    private static readonly Duration LongestCall = Duration.FromMinutes(2);

    /// <summary>From then on nobody is still at work on it who has not been killed.</summary>
    public static Instant SweepAt(QrRequestPayment payment) => payment.StartedAt + LongestCall;

    /// <returns>The transfer that paid. Or the error that the payment failed with; then the request can be paid anew.</returns>
    public async Task<Result<Transfer>> CarryThroughAsync(StoredQrRequest stored, CancellationToken cancellation)
    {
        var payment = stored.It.Payment ?? throw new InvalidOperationException($"Nobody pays {stored.It}.");
        var order = OrderOf(stored.It, payment);
        var sent = await transfers.RunAsync(order, cancellation);
        if (!sent.IsSuccess)
        {
            // Another run of this attempt may have been luckier: then the money has moved.
            var voided = await voidJournal.RunAsync(new TransactionId(order.Id.Value), payment.Terms.From, cancellation);
            if (voided.Value != VoidOutcome.AlreadyPosted)
            {
                await EndAsync(stored, payment, it => it with { Payment = null, Attempts = payment.Attempt }, cancellation);
                return sent.Error is TransactionVoided ? new TransferInterrupted() : sent.Error;
            }

            sent = (await find.RunAsync(payment.Payer, order.Id, cancellation)).Then(view => view.Transfer);
        }

        if (stored.It.PaidAt is null)
            await EndAsync(stored, payment, it => it with { Payment = payment, PaidAt = time.NowToTheMillisecond() }, cancellation);
        return sent;
    }

    private async Task EndAsync(StoredQrRequest stored, QrRequestPayment payment, Func<QrRequest, QrRequest> end, CancellationToken cancellation)
    {
        // Another run of the attempt may have ended it, and somebody may be paying anew: that attempt is not this one's.
        while (stored.It is { PaidAt: null } it && it.Payment?.Attempt == payment.Attempt && await table.ChangeAsync(stored, end(it), cancellation) is null)
            stored = (await table.FindAsync(it.Owner, it.Id, cancellation))!.Value.Stored;
        await table.DropPointerAsync(stored.It.Id, SweepAt(payment), payment.Attempt, cancellation);
    }

    private static TransferOrder OrderOf(QrRequest it, QrRequestPayment payment)
    {
        var id = TransferId.Derive(payment.Payer, "qr_request", it.Id.Value.ToString("N"), payment.Attempt.ToString("D", null));
        var name = id.Value.ToString("N");
        return new TransferOrder(id, TransferKind.Qr, payment.Payer, IdempotencyKey.Of(name), name, payment.Terms, payment.Device) { Origin = payment.Terms.Origin };
    }
}
