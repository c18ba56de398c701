using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Bills;

/// <summary>Says what paying an invoice costs, whom it pays and from where, before the customer confirms.</summary>
public sealed class QuotePayment
{
    private readonly CompanyCatalogue companies;
    private readonly ContractTable contracts;
    private readonly ScanBill scan;
    private readonly BillerClient billers;
    private readonly InvoiceClaims claims;
    private readonly FindAccount findAccount;
    private readonly ListAccounts listAccounts;
    private readonly ExchangeRates rates;
    private readonly ConfirmableQuotes quotes;
    private readonly FindLikePayment likes;
    private readonly BillsOptions options;

    internal QuotePayment(
        CompanyCatalogue companies, ContractTable contracts, ScanBill scan, BillerClient billers, InvoiceClaims claims, FindAccount findAccount,
        ListAccounts listAccounts, ExchangeRates rates, ConfirmableQuotes quotes, FindLikePayment likes,
        IOptions<BillsOptions> options)
    {
        (this.companies, this.contracts, this.scan, this.billers, this.claims) = (companies, contracts, scan, billers, claims);
        (this.findAccount, this.listAccounts, this.rates, this.quotes, this.likes, this.options) = (findAccount, listAccounts, rates, quotes, likes, options.Value);
    }

    /// <param name="from">Null for the main account.</param>
    /// <returns>The quote; too little money is no refusal yet. Or, first match: <see cref="ContractNotFound"/>, <see cref="CompanyInactive"/>, or
    /// <see cref="CompanyUnknown"/>, <see cref="SmartCardNumber"/>, <see cref="ClientCodeMalformed"/>, or <see cref="ScannedCodeUnreadable"/>,
    /// <see cref="IssuerUnknown"/>, by the subject; then <see cref="AccountNotFound"/>, <see cref="NoAccountToDebit"/>, <see cref="CompanyUnavailable"/>,
    /// <see cref="ClientCodeUnknown"/>, <see cref="InvoiceNotFound"/>, <see cref="InvoiceAlreadyPaid"/>, <see cref="InvoiceWithdrawn"/>,
    /// <see cref="InvoiceBeingPaid"/>, <see cref="ExchangeRateMissing"/>.</returns>
    public async Task<Result<PaymentQuote>> RunAsync(CustomerId customer, QuoteSubject subject, AccountId? from, CancellationToken cancellation)
    {
        var named = await ReadAsync(customer, subject, cancellation);
        if (!named.IsSuccess)
            return named.Error;

        var (company, account, number) = named.Value;
        // Nothing that is read depends on anything else of it: all is asked for at once, and the company is what takes longest.
        var payer = FindPayerAsync(customer, from, cancellation);
        var asked = ScanBill.FindPayableAsync(billers, claims, account, number, cancellation);
        var paid = likes.ListAsync(customer, account, cancellation);
        var counters = quotes.ReadCountersAsync(customer, cancellation);
        await Task.WhenAll(payer, asked, paid, counters);
        var debited = await payer;
        var invoice = await asked;
        if (!debited.IsSuccess)
            return debited.Error;
        if (invoice.Error is InvoiceNotFound && (await billers.FindSubscriberAsync(account, cancellation)).Error is ClientCodeUnknown unknown)
            return unknown;
        if (!invoice.IsSuccess)
            return invoice.Error;

        var total = invoice.Value.Total;
        if (total.Currency != debited.Value.Currency)
            await rates.RefreshAsync(cancellation);
        if (PaymentPrice.Of(total, debited.Value.Currency, rates) is not { } price)
            return new ExchangeRateMissing(debited.Value.Currency.Code, total.Currency.Code);

        var like = FindLikePayment.Find(await paid, invoice.Value);
        var terms = new QuotedTerms(
            account.Company.Value, account.ClientCode, invoice.Value.Number, invoice.Value.Amount, invoice.Value.Penalty, debited.Value.Id.Value,
            price.Debit, price.Rate)
        {
            PossibleDuplicate = like?.Value,
        };
        var facts = ConfirmationFacts.Of(QuotedTerms.Purpose, total, company.Name, account.ClientCode, invoice.Value.Number);
        var quote = quotes.Seal(customer, terms, facts, PayeeStanding.Other, await counters, Duration.FromTimeSpan(options.QuoteLifetime));
        return new PaymentQuote(
            quote.Text, customer, invoice.Value, company.Name, debited.Value.Id, price.Debit, price.Rate, debited.Value.Available,
            quote.ExpiresAt, quote.Demand!)
        {
            PossibleDuplicate = like,
        };
    }

    private async Task<Result<(Company Company, ClientAccount Account, string Number)>> ReadAsync(
        CustomerId customer, QuoteSubject subject, CancellationToken cancellation)
    {
        switch (subject)
        {
            case QuoteSubject.OfContract of:
                if (await contracts.FindAsync(customer, of.Contract, cancellation) is not { } contract)
                    return new ContractNotFound();
                return companies.FindActive(contract.Account.Company.Value) is { } active
                    ? (active, contract.Account, of.InvoiceNumber)
                    : new CompanyInactive(contract.Account.Company.Value);
            case QuoteSubject.OfClientCode of:
                return companies.Check(of.Company, of.ClientCode).Then(account => (companies.Of(account.Company), account, of.InvoiceNumber));
            case QuoteSubject.OfScan of:
                return scan.Read(of.Text, "/scannedText");
            default:
                throw new ArgumentOutOfRangeException(nameof(subject));
        }
    }

    private async Task<Result<Account>> FindPayerAsync(CustomerId customer, AccountId? from, CancellationToken cancellation)
    {
        if (from is { } chosen)
            return await findAccount.RunAsync(customer, chosen, cancellation);
        return await ListUnpaidInvoices.ProposeAsync(listAccounts, customer, cancellation) is { } main ? main : new NoAccountToDebit();
    }
}
