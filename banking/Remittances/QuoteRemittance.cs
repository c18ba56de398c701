using Microsoft.Extensions.Options;
using Serverless.Banking.Accounts;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Remittances;

/// <summary>What a customer is shown before he confirms, and what he confirms.</summary>
/// <param name="Rate">Units of the account's currency for one sent; null when they are the same.</param>
/// <param name="TermsVersion">To be accepted.</param>
public sealed record RemittanceTerms(string Pin, string Sender, string SenderCountry, AccountId To, Money Sent, Money Credited, decimal? Rate, string TermsVersion);

/// <summary>Prepares the payout of a remittance into one of the customer's accounts (TRF-27).</summary>
public sealed class QuoteRemittance
{
    internal const string Purpose = "remittance";

    private readonly LookUpRemittance lookUp;
    private readonly FindAccount accounts;
    private readonly ExchangeRates rates;
    private readonly ConfirmableQuotes quotes;
    private readonly IOptions<RemittancesOptions> options;

    internal QuoteRemittance(LookUpRemittance lookUp, FindAccount accounts, ExchangeRates rates, ConfirmableQuotes quotes, IOptions<RemittancesOptions> options) =>
        (this.lookUp, this.accounts, this.rates, this.quotes, this.options) = (lookUp, accounts, rates, quotes, options);

    /// <returns>The quote. Or, first match: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, as <see cref="LookUpRemittance"/>,
    /// <see cref="ExchangeRateMissing"/>.</returns>
    public async Task<Result<SealedQuote<RemittanceTerms>>> RunAsync(
        CustomerId customer, string? knownName, string pin, AccountId to, CancellationToken cancellation)
    {
        var account = await accounts.RunAsync(customer, to, cancellation);
        if (!account.IsSuccess)
            return account.Error;
        if (!PostingRules.CanCredit(account.Value.Status))
            return new AccountNotUsable(account.Value.Status);
        var offer = await lookUp.RunAsync(customer, knownName, pin, cancellation);
        if (!offer.IsSuccess)
            return offer.Error;

        var (sent, currency) = (offer.Value.Amount, account.Value.Currency);
        decimal? rate = null;
        var credited = sent;
        if (sent.Currency != currency)
        {
            await rates.RefreshAsync(cancellation);
            if (rates.Find(sent.Currency, currency) is not { } found)
                return new ExchangeRateMissing(sent.Currency.Code, currency.Code);
            (rate, credited) = (found, ExchangeRates.Proceeds(sent, currency, found));
        }

        return await quotes.SealAsync(
            customer, new RemittanceTerms(pin, offer.Value.Sender, offer.Value.SenderCountry, to, sent, credited, rate, options.Value.TermsVersion),
            ConfirmationFacts.Of(Purpose, credited, account.Value.Iban.Electronic), PayeeStanding.NeverExempt, cancellation);
    }
}
