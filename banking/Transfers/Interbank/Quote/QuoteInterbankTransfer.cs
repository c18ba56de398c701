using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Calendar;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Customers;
using Serverless.Banking.Devices;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>Prepares a transfer to another bank: payee, charges by who bears them, rate, limits, dates (TRF-15, TRF-16, TRF-18, TRF-20, TRF-38).</summary>
public sealed class QuoteInterbankTransfer
{
    private readonly FindAccount accounts;
    private readonly InterbankPayees payees;
    private readonly TransferLimits limits;
    private readonly LimitBooks books;
    private readonly ExchangeRates rates;
    private readonly InterbankFees fees;
    private readonly FindContactDetails contacts;
    private readonly BankCalendar calendar;
    private readonly ConfirmableQuotes quotes;
    private readonly InterbankOptions options;
    private readonly InternationalTerms terms;
    private readonly FindLikeTransfer likes;
    private readonly TimeProvider time;

    internal QuoteInterbankTransfer(
        FindAccount accounts, InterbankPayees payees, TransferLimits limits, LimitBooks books, ExchangeRates rates, InterbankFees fees, FindContactDetails contacts,
        BankCalendar calendar, ConfirmableQuotes quotes, IOptions<InterbankOptions> options, InternationalTerms terms, FindLikeTransfer likes,
        TimeProvider time)
    {
        (this.accounts, this.payees, this.limits, this.books, this.rates, this.fees) = (accounts, payees, limits, books, rates, fees);
        (this.contacts, this.calendar, this.quotes, this.options, this.terms, this.likes, this.time) = (contacts, calendar, quotes, options.Value, terms, likes, time);
    }

    /// <param name="kind">National or International.</param>
    /// <returns>The quote. Or, first match: <see cref="DeviceNotTrusted"/>, <see cref="InvalidInput"/> (<see cref="TransferCurrencyNotOffered"/>,
    /// <see cref="PurposeUnknown"/>, <see cref="PurposeOfAnotherCategory"/>, <see cref="PayeeCategoryUnknown"/>, <see cref="TransferTermsNotAccepted"/>, and the faults
    /// of the payee), <see cref="BankNotFound"/>, <see cref="BeneficiaryNotFound"/>, <see cref="BeneficiaryTypeMismatch"/>, <see cref="AccountNotFound"/>,
    /// <see cref="AccountNotUsable"/>, <see cref="ExchangeRateMissing"/>, <see cref="AmountBelowCharge"/>, <see cref="TransferLimitExceeded"/>,
    /// <see cref="TransferTooOften"/>, <see cref="InsufficientFunds"/>.</returns>
    public async Task<Result<InterbankTransferQuote>> RunAsync(TransferKind kind, InterbankTransferRequest request, CancellationToken cancellation)
    {
        if (kind == TransferKind.International && !request.Device.IsTrusted)
            return new DeviceNotTrusted();

        var finding = accounts.RunAsync(request.Customer, request.From, cancellation);
        var contact = contacts.RunAsync(request.Customer, cancellation);
        var reading = books.ReadAsync(request.Customer, cancellation);
        var found = await payees.FindAsync(request.Customer, request.To, kind, request.PayeePhone, cancellation);
        var (account, book) = (await finding, await reading);
        var payerName = (await contact)?.Name ?? request.PayerName;

        List<Invalid> faults = [.. Check(kind, request.Amount.Currency, request.Abroad)];
        if (found.Error is InvalidInput several)
            faults.AddRange(several.Faults);
        if (faults.Count > 0)
            return new InvalidInput(faults);
        if (!found.IsSuccess)
            return found.Error;
        if (!account.IsSuccess)
            return account.Error;

        var from = account.Value;
        if (!PostingRules.CanDebit(from.Status))
            return new AccountNotUsable(from.Status);
        if (request.Amount.Currency != from.Currency)
            await rates.RefreshAsync(cancellation);
        var priced = Price(kind, request, from.Currency);
        if (!priced.IsSuccess)
            return priced.Error;
        var price = priced.Value;
        var counted = limits.Take(book, kind, request.Device, price.Debit, Now);
        if (!counted.IsSuccess)
            return counted.Error;
        if (from.Available < price.Debit + price.Fee)
            return new InsufficientFunds(price.Debit + price.Fee - from.Available);

        var liking = likes.RunAsync(request.Customer, kind, found.Value.Payee, price.Amount, request.Description, cancellation);
        var shown = new TransferTerms(
            from.Id, new PayerDetails(payerName, from.Iban.Electronic), found.Value.Payee, price.Amount, price.Debit, price.Fee, request.FeeBearer, price.Rate,
            request.Description);
        async Task<InterbankTerms> CompleteAsync() => new(
            shown with { PossibleDuplicate = (await liking)?.Value }, request.Amount, price.Charge,
            request.Abroad is { } abroad ? $"{abroad.PurposeCategory}/{abroad.Purpose}" : null, request.Abroad?.PayeeCategory, request.Abroad?.AcceptedTerms);
        var facts = ConfirmationFacts.Of(kind.Code(), request.Amount, shown.To.Name, shown.To.Account);
        var quote = await quotes.SealAsync(request.Customer, CompleteAsync(), facts, found.Value.Standing, cancellation);
        return new InterbankTransferQuote(
            kind, quote.Text, quote.Content.Terms, request.Amount, from.Available, calendar.Plan(kind.Short()), quote.ExpiresAt, quote.Demand!);
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>What is wrong with an order by itself; no storage call.</summary>
    /// <param name="currency">To be sent; null when that is not known.</param>
    /// <param name="to">Null when nobody is named.</param>
    public IReadOnlyList<Invalid> FindFaults(TransferKind kind, Currency? currency, InterbankPayeeChoice? to, AbroadDetails? abroad) =>
        [.. Check(kind, currency, abroad), .. to is null ? [] : payees.FindFaults(to, kind)];

    private IEnumerable<Invalid> Check(TransferKind kind, Currency? currency, AbroadDetails? details)
    {
        var offered = kind == TransferKind.National ? options.NationalCurrencyList : options.InternationalCurrencyList;
        if (currency is not null && !offered.Contains(currency.Code, StringComparer.Ordinal))
            yield return new TransferCurrencyNotOffered("/amount/currency", offered);
        if (details is not { } abroad)
            yield break;
        if (TransferPurposes.Find(abroad.PurposeCategory) is not { } category)
            yield return new PurposeUnknown("/purposeCategory");
        else if (!category.Purposes.Contains(abroad.Purpose, StringComparer.Ordinal))
            yield return TransferPurposes.Categories.Any(other => other.Purposes.Contains(abroad.Purpose, StringComparer.Ordinal))
                ? new PurposeOfAnotherCategory("/purpose")
                : new PurposeUnknown("/purpose");
        if (!TransferPurposes.PayeeCategories.Contains(abroad.PayeeCategory, StringComparer.Ordinal))
            yield return new PayeeCategoryUnknown("/beneficiaryCategory");
        if (abroad.AcceptedTerms != terms.Version)
            yield return new TransferTermsNotAccepted("/acceptedTerms", terms.Version);
    }

    /// <summary>What the customer pays, what arrives, and what is kept, all rounded in the bank's favour.</summary>
    private Result<Pricing> Price(TransferKind kind, InterbankTransferRequest request, Currency currency)
    {
        var instructed = request.Amount;
        decimal? rate = null;
        if (instructed.Currency != currency)
        {
            if (rates.Find(currency, instructed.Currency) is not { } current)
                return new ExchangeRateMissing(currency.Code, instructed.Currency.Code);
            rate = current;
        }

        Money Cost(Money amount) => rate is { } at ? ExchangeRates.Cost(amount, currency, at) : amount;
        var whole = Cost(instructed);
        var fee = fees.Of(kind, request.FeeBearer, whole);
        if (request.FeeBearer != FeeBearer.Beneficiary)
            return new Pricing(instructed, Money.Zero(instructed.Currency), whole, fee, rate);

        var charge = rate is { } known ? ExchangeRates.Cost(fee, instructed.Currency, 1 / known) : fee;
        if (charge >= instructed)
            return new AmountBelowCharge(charge);
        var amount = instructed - charge;
        var debit = Cost(amount);
        return new Pricing(amount, charge, debit, whole - debit, rate);
    }

    /// <param name="Amount">What arrives.</param>
    /// <param name="Charge">What is kept of what was ordered, in the same currency.</param>
    private sealed record Pricing(Money Amount, Money Charge, Money Debit, Money Fee, decimal? Rate);
}
