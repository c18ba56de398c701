using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Insurance;

/// <param name="Installation">On which it is confirmed.</param>
/// <param name="AcceptedTerms">The version of the terms and conditions that the customer has accepted; null: none.</param>
public sealed record PurchaseConfirmation(CustomerId Customer, IdempotencyKey Key, string RequestHash, string Quote, string? AcceptedTerms, string Installation);

/// <summary>Takes a confirmed purchase, once: the premium is held and the order is on record (PAY-17).</summary>
/// <remarks>
/// Order of the writes: what the key was used for; the id and the queue's row; the hold; the purchase, which is what counts. Killed before that, <see cref="ListOpenPurchases"/> takes its
/// place and lifts the hold; after it, the workflow is started by whoever comes next.
/// </remarks>
public sealed class BuyPolicy
{
    private readonly SealedQuotes quotes;
    private readonly OfferTable offers;
    private readonly PurchaseTable purchases;
    private readonly PlaceHold hold;
    private readonly ReleaseHold release;
    private readonly IOptions<InsuranceOptions> options;
    private readonly TimeProvider time;

    internal BuyPolicy(
        SealedQuotes quotes, OfferTable offers, PurchaseTable purchases, PlaceHold hold, ReleaseHold release, IOptions<InsuranceOptions> options, TimeProvider time)
    {
        (this.quotes, this.offers, this.purchases, this.hold, this.release) = (quotes, offers, purchases, hold, release);
        (this.options, this.time) = (options, time);
    }

    /// <returns>
    /// The purchase: start its workflow. A repeated key gives the same. Or, first match: <see cref="InsuranceTermsNotAccepted"/>, <see cref="QuoteNotFound"/>, <see cref="IdempotencyKeyReused"/>,
    /// <see cref="PurchaseAlreadyConfirmed"/>, <see cref="QuoteExpired"/>, <see cref="OfferExpired"/>, <see cref="InsuranceStartPast"/>, <see cref="PurchaseInterrupted"/>,
    /// <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="InsufficientFunds"/>, <see cref="MinimumBalanceReached"/>, <see cref="AccountBusy"/>.
    /// </returns>
    public async Task<Result<PolicyPurchase>> RunAsync(PurchaseConfirmation confirmation, CancellationToken cancellation)
    {
        if (confirmation.AcceptedTerms != InsuranceTerms.Current)
            return new InsuranceTermsNotAccepted("/acceptedTerms", InsuranceTerms.Current);
        var opened = quotes.OpenEvenExpired<QuotedPurchase>(confirmation.Customer, QuotePolicyPurchase.Purpose, confirmation.Quote);
        if (!opened.IsSuccess)
            return opened.Error;
        var id = StableGuid.Of("insurance_purchase", confirmation.Customer.Value, opened.Value.Id.ToString("N"));
        var finding = purchases.FindAsync(id, cancellation);
        if (!await purchases.ClaimKeyAsync(confirmation.Customer, confirmation.Key.Value, confirmation.RequestHash, cancellation))
            return new IdempotencyKeyReused();
        if (await finding is { } earlier)
            return Again(earlier.It, confirmation);

        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        if (opened.Value.ExpiresAt <= now || await offers.FindPreparedAsync(confirmation.Customer, opened.Value.Content.Prepared, cancellation) is not { } prepared)
            return new QuoteExpired(opened.Value.ExpiresAt);
        if (prepared.Offer.ValidUntil <= now)
            return new OfferExpired(prepared.Offer.ValidUntil);
        if (prepared.Cover.Start < now.InZone(BankTime.Tirane).Date)
            return new InsuranceStartPast("/quoteId", now.InZone(BankTime.Tirane).Date);
        if (prepared.TermsVersion != InsuranceTerms.Current)
            return new InsuranceTermsNotAccepted("/acceptedTerms", InsuranceTerms.Current);

        // The customer may hang up; from here on it is his word.
        return await TakeAsync(id, confirmation, prepared, now);
    }

    private async Task<Result<PolicyPurchase>> TakeAsync(Guid id, PurchaseConfirmation confirmation, PreparedPurchase prepared, Instant now)
    {
        var (customer, currency, offer) = (confirmation.Customer, prepared.Debit.Currency, prepared.Offer);
        var orderedAt = await purchases.BeginAsync(id, customer, prepared.From, currency, now, CancellationToken.None);
        var held = await hold.RunAsync(
            PolicyPurchase.HoldOf(id), prepared.From, prepared.Debit, orderedAt + PolicyCourse.HeldAtMost, id.ToString("N"), CancellationToken.None);
        if (held.IsSuccess && held.Value.State == HoldState.Held)
        {
            var purchase = new PolicyPurchase(
                id, customer, offer.Kind, offer.Insurer, offer.Reference, offer.Questions.Subject, prepared.Cover, prepared.Email, prepared.TermsVersion, prepared.From, offer.Premium,
                prepared.Debit, prepared.Rate, orderedAt + Duration.FromTimeSpan(options.Value.AnswerDeadline), [new PurchaseStep(PurchaseState.Ordered, orderedAt)])
            {
                Form = new OrderForm(offer.Questions, prepared.Details),
                Key = confirmation.Key.Value,
                Installation = confirmation.Installation,
            };
            if (await purchases.AddAsync(purchase, CancellationToken.None))
                return purchase;
        }

        // Another run of the same has taken it, or it could not be: then nothing of it is left.
        if (await purchases.FindAsync(id, CancellationToken.None) is { } taken)
            return Again(taken.It, confirmation);
        if (held.Error is not (null or HoldEnded))
            return held.Error;
        await release.RunAsync(PolicyPurchase.HoldOf(id), prepared.From, currency, CancellationToken.None);
        return new PurchaseInterrupted();
    }

    private static Result<PolicyPurchase> Again(PolicyPurchase earlier, PurchaseConfirmation confirmation) =>
        earlier.Key == confirmation.Key.Value ? earlier : new PurchaseAlreadyConfirmed(earlier.Id);
}
