using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.MoneyRequests;

/// <summary>Carries a payment that was written into a request to its end: the request paid, or open again. The payer, retries and the sweeper all go this course.</summary>
/// <remarks>
/// The payment's transfer has an id made of request and attempt, so every run of the attempt meets the same transfer. A refused attempt is given
/// up only after its journal was voided: it can never be booked later, beside the transfer of another attempt.
/// </remarks>
internal sealed class RequestCourse(MoneyRequestTable table, SendTransfer transfers, VoidJournal voidJournal, AnnounceEnd announce, TimeProvider time)
{
    /// <returns>The request, paid. Or the error that the payment failed with; then the request is open for another one.</returns>
    public async Task<Result<MoneyRequest>> CarryThroughAsync(StoredRequest stored, CancellationToken cancellation)
    {
        var payment = stored.It.Payment ?? throw new InvalidOperationException($"Nobody pays request {stored.It.Id}.");
        var order = OrderOf(stored.It, payment);
        var sent = await transfers.RunAsync(order, cancellation);
        if (sent.IsSuccess)
            return await PaidAsync(stored, payment, cancellation);

        // Another run of this attempt may have been luckier: then the money has moved.
        var voided = await voidJournal.RunAsync(new TransactionId(order.Id.Value), payment.Terms.From, cancellation);
        if (voided.Value == VoidOutcome.AlreadyPosted)
            return await PaidAsync(stored, payment, cancellation);

        await OpenAgainAsync(stored, payment, cancellation);
        return sent.Error is TransactionVoided ? new TransferInterrupted() : sent.Error;
    }

    public static TransferId TransferOf(MoneyRequestId request, RequestPayment payment, CustomerId payer) =>
        TransferId.Derive(payer, "request_payment", request.Value.ToString("N"), payment.Attempt.ToString("D", null));

    private static TransferOrder OrderOf(MoneyRequest it, RequestPayment payment)
    {
        var id = TransferOf(it.Id, payment, it.Payer.Customer);
        var name = id.Value.ToString("N");
        return new TransferOrder(id, TransferKind.RequestPayment, it.Payer.Customer, IdempotencyKey.Of(name), name, payment.Terms, payment.Device)
        {
            Origin = $"request/{it.Id}",
        };
    }

    private async Task<Result<MoneyRequest>> PaidAsync(StoredRequest stored, RequestPayment payment, CancellationToken cancellation)
    {
        while (stored.It is { State: MoneyRequestState.Open } it)
        {
            var paid = it.End(MoneyRequestState.Paid, Instant.FromDateTimeOffset(time.GetUtcNow())) with { Payment = payment };
            if (await table.ChangeAsync(stored, paid, cancellation) is { } written)
                stored = written;
            else
                stored = await FindAsync(stored, cancellation);
        }

        await announce.RunAsync(stored, cancellation);
        return stored.It;
    }

    private async Task OpenAgainAsync(StoredRequest stored, RequestPayment payment, CancellationToken cancellation)
    {
        // Another run may have opened it before, and somebody may be paying anew: that attempt is not this one's.
        while (stored.It is { State: MoneyRequestState.Open, Payment: { } current } it && current.Attempt == payment.Attempt)
        {
            if (await table.ChangeAsync(stored, it with { Payment = null, Attempts = payment.Attempt }, cancellation) is not null)
                return;
            stored = await FindAsync(stored, cancellation);
        }
    }

    private async Task<StoredRequest> FindAsync(StoredRequest stored, CancellationToken cancellation) =>
        await table.FindAsync(stored.It.Requester.Customer, stored.It.Id, cancellation)
        ?? throw new InvalidOperationException($"Request {stored.It.Id} is gone.");
}
