using System.Security.Cryptography;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Bills;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Customers;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Insurance;

/// <param name="Details">What the kind asks for besides; null where it asks for nothing.</param>
/// <param name="DetailsMember">Of the body, that the details are.</param>
/// <param name="Email">Null: the bank's records say it, where the kind lets them.</param>
public sealed record PurchaseWish(CustomerId Customer, Guid Offer, AccountId From, EmailAddress? Email, InsuranceDetails? Details, string? DetailsMember);

/// <summary>What a customer is shown before he confirms.</summary>
/// <param name="Available">On the account, now.</param>
/// <param name="Insured">Whom or what the policy will name.</param>
public sealed record PurchaseQuote(SealedQuote<QuotedPurchase> Sealed, PreparedPurchase Prepared, string Insured, Money Available);

/// <summary>What of a prepared purchase travels to the customer and back; the rest is kept, because it may be long.</summary>
public sealed record QuotedPurchase(Guid Prepared);

/// <summary>Prepares the purchase of an offer: what is entered for its kind, the account, and what it costs in the account's currency (PAY-17).</summary>
public sealed class QuotePolicyPurchase
{
    internal const string Purpose = "insurance_payment";

    private readonly OfferTable offers;
    private readonly InsuranceLists lists;
    private readonly FindAccount accounts;
    private readonly FindContactDetails contacts;
    private readonly ExchangeRates rates;
    private readonly ConfirmableQuotes quotes;
    private readonly TimeProvider time;

    internal QuotePolicyPurchase(
        OfferTable offers, InsuranceLists lists, FindAccount accounts, FindContactDetails contacts, ExchangeRates rates, ConfirmableQuotes quotes, TimeProvider time)
    {
        (this.offers, this.lists, this.accounts, this.contacts, this.rates) = (offers, lists, accounts, contacts, rates);
        (this.quotes, this.time) = (quotes, time);
    }

    /// <returns>The quote; too little money is no refusal yet. Or, first match: <see cref="OfferNotFound"/>, <see cref="OfferExpired"/>, <see cref="InvalidInput"/> with everything
    /// that is wrong with the form, <see cref="AccountNotFound"/>, <see cref="ExchangeRateMissing"/>.</returns>
    public async Task<Result<PurchaseQuote>> RunAsync(PurchaseWish wish, CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var finding = accounts.RunAsync(wish.Customer, wish.From, cancellation);
        var (offer, account) = (await offers.FindOfferAsync(wish.Customer, wish.Offer, cancellation), await finding);
        if (offer is null)
            return new OfferNotFound();
        if (offer.ValidUntil <= now)
            return new OfferExpired(offer.ValidUntil);
        var email = wish.Email?.Value ?? (offer.Kind.KnowsEmail() ? (await contacts.RunAsync(wish.Customer, cancellation))?.Email : null);
        if (FaultsOf(wish, offer, email, now) is { Count: > 0 } faults)
            return new InvalidInput(faults);
        if (!account.IsSuccess)
            return account.Error;

        var (premium, currency) = (offer.Premium, account.Value.Currency);
        if (premium.Currency != currency)
            await rates.RefreshAsync(cancellation);
        if (PaymentPrice.Of(premium, currency, rates) is not { } price)
            return new ExchangeRateMissing(currency.Code, premium.Currency.Code);

        var cover = offer.Questions.Cover ?? wish.Details!.Cover;
        var prepared = new PreparedPurchase(
            new Guid(RandomNumberGenerator.GetBytes(16)), offer, wish.Details, cover, email!, wish.From, price.Debit, price.Rate, InsuranceTerms.Current);
        var insurer = lists.Of(offer.Insurer);
        var facts = ConfirmationFacts.Of(Purpose, premium, insurer.Name, lists.NameOf(offer.Kind).Sq, offer.Questions.Subject);
        var quote = await quotes.SealAsync(wish.Customer, new QuotedPurchase(prepared.Id), facts, PayeeStanding.Other, cancellation);
        await offers.AddAsync(wish.Customer, prepared, quote.ExpiresAt + Duration.FromHours(1), cancellation);
        return new PurchaseQuote(quote, prepared, offer.Questions.Subject, account.Value.Available);
    }

    private List<Invalid> FaultsOf(PurchaseWish wish, InsuranceOffer offer, string? email, Instant now)
    {
        var check = new FormCheck(wish.DetailsMember ?? "", now.InZone(BankTime.Tirane).Date, lists);
        if (email is null)
            check.Faults.Add(new InsuranceEmailMissing("/email"));
        if (wish.Details is { } details && details.Kind == offer.Kind)
            details.Check(check, offer.Questions);
        else if (wish.Details is not null || offer.Questions.Cover is null)
            check.Faults.Add(new InsuranceKindNotNamed(wish.DetailsMember is { } member ? $"/{member}" : ""));
        return check.Faults;
    }
}
