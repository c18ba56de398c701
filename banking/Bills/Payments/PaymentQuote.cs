using NodaTime;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <summary>What paying an invoice will cost and who gets it, before the customer confirms.</summary>
/// <param name="Id">Sealed: what the customer confirms it with.</param>
/// <param name="Beneficiary">The company's name.</param>
/// <param name="Debit">What the account is debited: the invoice's total, in the account's currency.</param>
/// <param name="Rate">Units of the invoice's currency for one of the account's, held until the quote expires; null when they are the same.</param>
/// <param name="Available">The account's, when the quote was made.</param>
public sealed record PaymentQuote(
    string Id,
    CustomerId Customer,
    Invoice Invoice,
    string Beneficiary,
    AccountId From,
    Money Debit,
    decimal? Rate,
    Money Available,
    Instant ExpiresAt,
    ConfirmationDemand Confirmation)
{
    /// <summary>Paying bills is free.</summary>
    public Money Fee => Money.Zero(Debit.Currency);

    /// <summary>A payment of the same amount for the same client code, made shortly before; null when there is none (EKL-30).</summary>
    public PaymentId? PossibleDuplicate { get; init; }

    public bool FundsSuffice => Available >= Debit;
}

/// <summary>Which invoice a customer wants to pay, in one of three ways.</summary>
public abstract record QuoteSubject
{
    private QuoteSubject()
    {
    }

    /// <summary>BILL-07.</summary>
    public sealed record OfContract(ContractId Contract, string InvoiceNumber) : QuoteSubject;

    /// <summary>BILL-08.</summary>
    public sealed record OfClientCode(string Company, string ClientCode, string InvoiceNumber) : QuoteSubject;

    /// <summary>BILL-09.</summary>
    public sealed record OfScan(string Text) : QuoteSubject;
}
