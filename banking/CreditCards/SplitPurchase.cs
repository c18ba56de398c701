using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.CreditCards;

/// <summary>Splits a purchase into instalments as prepared, once (CC-20).</summary>
/// <remarks>What was ordered is written down first, then the processor is told; it knows the plan by its id. Killed in between, the repeat goes on, and the list asks the processor.</remarks>
public sealed class SplitPurchase
{
    private readonly InstalmentPlanTable table;
    private readonly CardInstalmentsClient processor;
    private readonly SealedQuotes quotes;
    private readonly TimeProvider time;

    internal SplitPurchase(InstalmentPlanTable table, CardInstalmentsClient processor, SealedQuotes quotes, TimeProvider time) =>
        (this.table, this.processor, this.quotes, this.time) = (table, processor, quotes, time);

    /// <returns>The plan; the same quote again is the same plan. Or, first match: <see cref="QuoteNotFound"/>, <see cref="IdempotencyKeyReused"/>, <see cref="QuoteExpired"/>,
    /// <see cref="AlreadySplitPurchase"/>, <see cref="StatementCut"/>, <see cref="NotSplittable"/>, <see cref="InstalmentOfferExpired"/>, <see cref="CardProcessorUnavailable"/>: send the same again.</returns>
    public async Task<Result<SeenPlan>> RunAsync(QuoteConfirmation confirmation, CancellationToken cancellation)
    {
        var opened = quotes.OpenEvenExpired<QuotedInstalments>(confirmation.Customer, QuoteInstalments.Purpose, confirmation.Quote);
        if (!opened.IsSuccess)
            return opened.Error;
        var (quote, now) = (opened.Value, Instant.FromDateTimeOffset(time.GetUtcNow()));
        var order = StableGuid.Of("instalment_key", confirmation.Customer.Value, confirmation.Key.Value);
        if (!await table.TakeKeyAsync(confirmation.Customer, order, confirmation.RequestHash, cancellation))
            return new IdempotencyKeyReused();
        var id = StableGuid.Of("instalment_plan", confirmation.Customer.Value, quote.Id.ToString("N"));
        var ordered = await table.FindAsync(confirmation.Customer, id, cancellation);
        if (ordered is null)
        {
            if (quote.ExpiresAt <= now)
                return new QuoteExpired(quote.ExpiresAt);
            ordered = new OrderedPlan(id, quote.Content.Card, quote.Content.Purchase.Id, quote.Content.Offer.Id, quote.Content.Purchase.Merchant, now);
            await table.AddAsync(confirmation.Customer, ordered, cancellation);
        }

        return (await processor.SplitAsync(id, ordered.Transaction, ordered.Offer, CancellationToken.None)).Then(plan => new SeenPlan(plan, ordered.Merchant));
    }
}

/// <param name="Merchant">Of the purchase.</param>
public sealed record SeenPlan(InstalmentPlan It, string Merchant);
