using NodaTime;
using Serverless.Banking.Duplicates;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Storage;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.SmartPay;

/// <param name="Quote">As <see cref="QuoteQrPayment"/> gave it.</param>
/// <param name="PayAgain">It may be the same once more: the payer was warned (EKL-30).</param>
public sealed record QrPaymentConfirmation(CustomerId Payer, IdempotencyKey Key, string RequestHash, string Quote, OrderingDevice Device, bool PayAgain);

/// <summary>Pays a scanned code (QR-26): one with an amount once, whoever pays; one without as often as it is ordered.</summary>
/// <remarks>
/// The payment is written into a request with an amount first, under its ETag: from then on nobody else pays it. Then the transfer is made, then the request
/// is paid. What a killed process leaves is carried through by the payer's repeat or by the timer.
/// </remarks>
public sealed class PayByQr
{
    private readonly SmartPayTable table;
    private readonly QrPaymentCourse course;
    private readonly SealedQuotes quotes;
    private readonly ConfirmTransfer confirm;
    private readonly TransferTable transfers;
    private readonly TimeProvider time;

    internal PayByQr(SmartPayTable table, QrPaymentCourse course, SealedQuotes quotes, ConfirmTransfer confirm, TransferTable transfers, TimeProvider time)
    {
        (this.table, this.course, this.quotes) = (table, course, quotes);
        (this.confirm, this.transfers, this.time) = (confirm, transfers, time);
    }

    /// <returns>The transfer; of a repeated key the first one. Or, first match: <see cref="QuoteNotFound"/>, <see cref="IdempotencyKeyReused"/>, <see cref="QrAccountDeleted"/>,
    /// <see cref="QrRequestPaid"/>, <see cref="QrRequestExpired"/>, <see cref="QrRequestBeingPaid"/>, <see cref="PossibleDuplicatePayment"/> (a code without an amount),
    /// <see cref="QuoteExpired"/>, and the errors of <see cref="SendTransfer"/>.</returns>
    public async Task<Result<Transfer>> RunAsync(QrPaymentConfirmation confirmation, CancellationToken cancellation)
    {
        var quote = quotes.OpenEvenExpired<TransferTerms>(confirmation.Payer, TransferKind.Qr.Code(), confirmation.Quote);
        if (!quote.IsSuccess)
            return quote.Error;
        var code = QrOrigin.Find(quote.Value.Content.Origin)!;
        var payee = quote.Value.Content.To.Customer!.Value;
        var order = StableGuid.Of("qr_payment_key", confirmation.Payer.Value, confirmation.Key.Value);
        if (!await table.TakeKeyAsync(confirmation.Payer, order, confirmation.RequestHash, cancellation))
            return new IdempotencyKeyReused();
        var request = code.Request is { } id ? await table.FindAsync(payee, id, cancellation) : null;
        return request is { Stored.It.Amount: not null }
            ? await PayRequestAsync(confirmation, quote.Value, request.Value.Stored, order, cancellation)
            : await PayAccountAsync(confirmation, payee, code.QrAccount, cancellation);
    }

    /// <summary>A plain transfer: its quote makes it once.</summary>
    private async Task<Result<Transfer>> PayAccountAsync(QrPaymentConfirmation confirmation, CustomerId payee, QrAccountId account, CancellationToken cancellation)
    {
        // What was paid before the account was deleted answers as it did.
        if (await table.FindAsync(payee, account, cancellation) is not { It.IsDeleted: false }
            && await transfers.FindKeyAsync(confirmation.Payer, confirmation.Key, cancellation) is null)
            return new QrAccountDeleted();
        return await confirm.RunAsync(
            new TransferConfirmation(TransferKind.Qr, confirmation.Payer, confirmation.Key, confirmation.RequestHash, confirmation.Quote, confirmation.Device)
            {
                PayAgain = confirmation.PayAgain,
            },
            cancellation);
    }

    private async Task<Result<Transfer>> PayRequestAsync(
        QrPaymentConfirmation confirmation, SealedQuote<TransferTerms> quote, StoredQrRequest stored, Guid order, CancellationToken cancellation)
    {
        while (true)
        {
            var it = stored.It;
            if (it.Payment?.Order == order)
                return await course.CarryThroughAsync(stored, cancellation);
            var now = time.NowToTheMillisecond();
            if (await table.FindAsync(it.Owner, it.QrAccount, cancellation) is not { } account)
                return new QrAccountDeleted();
            if (QuoteQrPayment.RefusalOf(it, account.It, now) is { } refusal)
                return refusal;
            if (quote.ExpiresAt <= now)
                return new QuoteExpired(quote.ExpiresAt);

            var begun = new QrRequestPayment(it.Attempts + 1, confirmation.Payer, order, quote.Content, confirmation.Device, now);
            await table.PointAsync(it, QrPaymentCourse.SweepAt(begun), begun.Attempt, cancellation);
            if (await table.ChangeAsync(stored, it with { Payment = begun }, cancellation) is { } claimed)
                return await course.CarryThroughAsync(claimed, cancellation);
            stored = (await table.FindAsync(it.Owner, it.Id, cancellation))!.Value.Stored;
        }
    }
}
