using NodaTime;
using Serverless.Banking.Duplicates;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Transfers;

/// <param name="Quote">As the prepare gave it.</param>
/// <param name="SaveBeneficiary">Register the payee as a beneficiary (TRF-06).</param>
public sealed record TransferConfirmation(
    TransferKind Kind, CustomerId Customer, IdempotencyKey Key, string RequestHash, string Quote, OrderingDevice Device, bool SaveBeneficiary = false,
    TransferWishes? Wishes = null)
{
    /// <summary>It may be the same once more: the payer was warned (EKL-30).</summary>
    public bool PayAgain { get; init; }
}

/// <summary>Carries out a prepared transfer within the bank, once (TRF-08).</summary>
public sealed class ConfirmTransfer
{
    private readonly SealedQuotes quotes;
    private readonly SendTransfer send;
    private readonly TransferTable table;
    private readonly TimeProvider time;

    internal ConfirmTransfer(SealedQuotes quotes, SendTransfer send, TransferTable table, TimeProvider time) =>
        (this.quotes, this.send, this.table, this.time) = (quotes, send, table, time);

    /// <returns>The transfer. Or, first match: <see cref="QuoteNotFound"/> (also a quote of another operation), <see cref="PossibleDuplicatePayment"/>, <see cref="QuoteExpired"/> unless the
    /// same key has confirmed it in time, and the errors of <see cref="SendTransfer"/>.</returns>
    public async Task<Result<Transfer>> RunAsync(TransferConfirmation confirmation, CancellationToken cancellation)
    {
        var opened = quotes.OpenEvenExpired<TransferTerms>(confirmation.Customer, confirmation.Kind.Code(), confirmation.Quote);
        if (!opened.IsSuccess)
            return await IsUsedAsync(confirmation, cancellation) ? new IdempotencyKeyReused() : opened.Error;

        var quote = opened.Value;
        if (quote.Content.PossibleDuplicate is { } earlier && !confirmation.PayAgain)
            return await IsUsedAsync(confirmation, cancellation) ? new IdempotencyKeyReused() : new PossibleDuplicatePayment(earlier);
        if (quote.ExpiresAt <= Instant.FromDateTimeOffset(time.GetUtcNow()) && !await IsUsedAsync(confirmation, cancellation))
            return new QuoteExpired(quote.ExpiresAt);
        return await send.RunAsync(
            new TransferOrder(
                TransferId.OfQuote(confirmation.Customer, quote.Id), confirmation.Kind, confirmation.Customer, confirmation.Key, confirmation.RequestHash,
                quote.Content, confirmation.Device)
            { SaveBeneficiary = confirmation.SaveBeneficiary, Wishes = confirmation.Wishes, Origin = quote.Content.Origin },
            cancellation);
    }

    private async Task<bool> IsUsedAsync(TransferConfirmation confirmation, CancellationToken cancellation) =>
        await table.FindKeyAsync(confirmation.Customer, confirmation.Key, cancellation) is not null;
}
