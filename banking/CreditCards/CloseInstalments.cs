using NodaTime;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.CreditCards;

/// <summary>An early closing as it will be made.</summary>
public sealed record QuotedClosing(Guid Plan, string Merchant, Money Remaining, Money Fee);

/// <summary>Closes a plan early: what is left falls due in the next statement (CC-21).</summary>
public sealed class CloseInstalments
{
    internal const string Purpose = "instalment_closing";

    private readonly FindInstalmentPlans plans;
    private readonly InstalmentPlanTable table;
    private readonly CardInstalmentsClient processor;
    private readonly ConfirmableQuotes sealing;
    private readonly SealedQuotes quotes;
    private readonly TimeProvider time;

    internal CloseInstalments(
        FindInstalmentPlans plans, InstalmentPlanTable table, CardInstalmentsClient processor, ConfirmableQuotes sealing, SealedQuotes quotes, TimeProvider time)
    {
        (this.plans, this.table, this.processor) = (plans, table, processor);
        (this.sealing, this.quotes, this.time) = (sealing, quotes, time);
    }

    /// <returns>What is left, and the fee. Or, first match: <see cref="InstalmentPlanNotFound"/>, <see cref="CardProcessorUnavailable"/>, <see cref="PlanClosed"/>.</returns>
    public async Task<Result<SealedQuote<QuotedClosing>>> QuoteAsync(CustomerId customer, Guid plan, CancellationToken cancellation)
    {
        var found = await plans.RunAsync(customer, plan, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (!found.Value.It.IsActive)
            return new PlanClosed();
        var content = new QuotedClosing(plan, found.Value.Merchant, found.Value.It.RemainingPrincipal, found.Value.It.ClosingFee);
        return await sealing.SealAsync(
            customer, content, ConfirmationFacts.Of(Purpose, content.Remaining + content.Fee, content.Merchant), PayeeStanding.Other, cancellation);
    }

    /// <returns>The plan, closed. Or, first match: <see cref="QuoteNotFound"/> (also of another plan), <see cref="IdempotencyKeyReused"/>, <see cref="PlanClosed"/>, <see cref="QuoteExpired"/>,
    /// <see cref="CardProcessorUnavailable"/>: send the same again.</returns>
    public async Task<Result<SeenPlan>> RunAsync(QuoteConfirmation confirmation, Guid plan, CancellationToken cancellation)
    {
        var opened = quotes.OpenEvenExpired<QuotedClosing>(confirmation.Customer, Purpose, confirmation.Quote);
        if (!opened.IsSuccess)
            return opened.Error;
        var quote = opened.Value;
        if (quote.Content.Plan != plan)
            return new QuoteNotFound();
        var order = StableGuid.Of("instalment_key", confirmation.Customer.Value, confirmation.Key.Value);
        if (!await table.TakeKeyAsync(confirmation.Customer, order, confirmation.RequestHash, cancellation))
            return new IdempotencyKeyReused();
        if (quote.ExpiresAt <= Instant.FromDateTimeOffset(time.GetUtcNow()))
        {
            // Only what was closed in time still answers.
            var found = await plans.RunAsync(confirmation.Customer, plan, cancellation);
            if (found.IsSuccess && found.Value.It.IsActive)
                return new QuoteExpired(quote.ExpiresAt);
        }

        return (await processor.CloseAsync(plan, order, CancellationToken.None)).Then(closed => new SeenPlan(closed, quote.Content.Merchant));
    }
}
