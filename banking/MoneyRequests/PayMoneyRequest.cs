using NodaTime;
using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.MoneyRequests;

/// <param name="Quote">As <see cref="QuoteRequestPayment"/> gave it.</param>
public sealed record RequestPaymentConfirmation(
    CustomerId Payer, MoneyRequestId Request, IdempotencyKey Key, string RequestHash, string Quote, OrderingDevice Device);

/// <summary>Pays a received request, at most once (REQ-14).</summary>
/// <remarks>
/// The payment is written into the request first, under its ETag: from then on nobody else pays, declines, withdraws or lets expire. Then the
/// transfer is made, then the request is paid. What a killed process leaves is carried through by the payer's repeat or by the timer.
/// </remarks>
public sealed class PayMoneyRequest
{
    private readonly MoneyRequestTable table;
    private readonly RequestCourse course;
    private readonly SealedQuotes quotes;
    private readonly TimeProvider time;

    internal PayMoneyRequest(MoneyRequestTable table, RequestCourse course, SealedQuotes quotes, TimeProvider time) =>
        (this.table, this.course, this.quotes, this.time) = (table, course, quotes, time);

    /// <returns>The request, paid; of the same order before its answer. Or, first match: <see cref="QuoteNotFound"/>, <see cref="IdempotencyKeyReused"/>,
    /// <see cref="MoneyRequestNotFound"/>, <see cref="NotThePayer"/>, <see cref="MoneyRequestNotOpen"/>, <see cref="MoneyRequestBeingPaid"/>,
    /// <see cref="QuoteExpired"/>, then the errors of <see cref="SendTransfer"/>, after which the request is open as before.</returns>
    public async Task<Result<SeenRequest>> RunAsync(RequestPaymentConfirmation confirmation, CancellationToken cancellation)
    {
        var quote = quotes.OpenEvenExpired<QuotedRequestPayment>(confirmation.Payer, QuoteRequestPayment.Purpose, confirmation.Quote);
        if (!quote.IsSuccess)
            return quote.Error;
        if (quote.Value.Content.Request != confirmation.Request)
            return new QuoteNotFound();
        if (!await table.TakeKeyAsync(confirmation.Payer, confirmation.Key, confirmation.RequestHash, confirmation.Request.Value, cancellation))
            return new IdempotencyKeyReused();

        var order = MoneyRequestKeys.OrderOf(confirmation.Payer, confirmation.Key);
        while (true)
        {
            if (await table.FindForAsync(confirmation.Payer, confirmation.Request, cancellation) is not { } found)
                return new MoneyRequestNotFound();
            var it = found.Request.It;
            if (found.Direction != RequestDirection.Received)
                return new NotThePayer();
            if (it.Payment is { } payment && payment.Order == order && it.State is MoneyRequestState.Open or MoneyRequestState.Paid)
                return See(await course.CarryThroughAsync(found.Request, cancellation));
            if (it.State != MoneyRequestState.Open)
                return new MoneyRequestNotOpen(it.State);
            if (it.Payment is not null)
                return new MoneyRequestBeingPaid();

            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            if (quote.Value.ExpiresAt <= now)
                return new QuoteExpired(quote.Value.ExpiresAt);
            var begun = new RequestPayment(it.Attempts + 1, order, quote.Value.Content.Terms, confirmation.Device, now);
            if (await table.ChangeAsync(found.Request, it with { Payment = begun }, cancellation) is { } claimed)
                return See(await course.CarryThroughAsync(claimed, cancellation));
        }
    }

    private static Result<SeenRequest> See(Result<MoneyRequest> paid) =>
        paid.Then(it => new SeenRequest(it, RequestDirection.Received, null));
}
