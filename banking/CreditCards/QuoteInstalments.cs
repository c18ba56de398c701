using NodaTime;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.CreditCards;

/// <summary>A split as it will be made.</summary>
public sealed record QuotedInstalments(string Card, CardTransaction Purchase, InstalmentOffer Offer);

/// <summary>Shows what a purchase can be split into, and prepares one of the offers (CC-19, CC-20).</summary>
public sealed class QuoteInstalments
{
    internal const string Purpose = "instalment_plan";

    private readonly FindCreditCards cards;
    private readonly CardInstalmentsClient processor;
    private readonly ConfirmableQuotes quotes;
    private readonly TimeProvider time;

    internal QuoteInstalments(FindCreditCards cards, CardInstalmentsClient processor, ConfirmableQuotes quotes, TimeProvider time) =>
        (this.cards, this.processor, this.quotes, this.time) = (cards, processor, quotes, time);

    /// <returns>The offers, by number of instalments. Or, first match: <see cref="CardProcessorUnavailable"/>, <see cref="CreditCardNotFound"/>, <see cref="CardTransactionNotFound"/>,
    /// <see cref="NotSplittable"/> (pending, split already, too small, no purchase).</returns>
    public async Task<Result<(SeenTransaction Transaction, InstalmentOffer[] Offers)>> OffersAsync(CustomerId customer, string card, string transaction, CancellationToken cancellation)
    {
        var found = await cards.TransactionAsync(customer, card, transaction, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (!found.Value.IsSplittable)
            return new NotSplittable();
        return (await processor.OffersAsync(transaction, cancellation))
            .Then<(SeenTransaction, InstalmentOffer[])>(offers => (found.Value, offers.OrderBy(offer => offer.Instalments).ToArray()));
    }

    /// <param name="instalments">Of one of the offers.</param>
    /// <returns>The quote, good no longer than the processor's offer. Or the errors of <see cref="OffersAsync"/>, and <see cref="InstalmentOfferExpired"/>: no such offer is made any more.</returns>
    public async Task<Result<SealedQuote<QuotedInstalments>>> RunAsync(CustomerId customer, string card, string transaction, int instalments, CancellationToken cancellation)
    {
        var offered = await OffersAsync(customer, card, transaction, cancellation);
        if (!offered.IsSuccess)
            return offered.Error;
        var left = offered.Value.Offers.FirstOrDefault(one => one.Instalments == instalments) is { } offer ? offer.ExpiresAt - Instant.FromDateTimeOffset(time.GetUtcNow()) : Duration.Zero;
        if (left <= Duration.Zero)
            return new InstalmentOfferExpired();
        var chosen = offered.Value.Offers.First(one => one.Instalments == instalments);
        var purchase = offered.Value.Transaction.It;
        return await quotes.SealAsync(
            customer, new QuotedInstalments(card, purchase, chosen), ConfirmationFacts.Of(Purpose, chosen.Total, purchase.Merchant), PayeeStanding.Other, cancellation,
            Duration.Min(left, Duration.FromMinutes(5)));
    }
}
