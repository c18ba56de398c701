using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Deposits;

/// <summary>A term deposit of a customer, and what became of it (LDP-04, LDP-05).</summary>
/// <param name="ContractNumber">As people name it: three groups of four characters.</param>
/// <param name="Funding">The customer's account that gave the money and gets it back.</param>
/// <param name="Product">The product's id; null for a deposit until a chosen date.</param>
/// <param name="Renewal">What happens at maturity; null: it is paid out.</param>
/// <param name="Term">The one that runs; of a deposit that has ended the last one.</param>
/// <param name="Installation">On which the terms were signed.</param>
/// <param name="Unpaid">What is the customer's and has not reached an account of his yet, oldest first; mostly empty.</param>
/// <param name="Renewed">The term that the present one follows; null in the first one.</param>
public sealed record Deposit(
    DepositId Id, CustomerId Customer, string ContractNumber, AccountId Funding, string? Product, DepositPeriod Period, Money InitialAmount,
    RenewalType? Renewal, DepositTerm Term, DepositState State, LocalDate OpenedOn, Instant ConfirmedAt, string Installation, string TermsVersion, Language Language,
    IReadOnlyList<DepositPayment> Unpaid, DepositTerm? Renewed = null)
{
    /// <summary>Of the quote: its journal is not begun later.</summary>
    internal Instant ExpiresAt { get; init; }

    /// <summary>Where its money is: an account of the ledger that nothing but its own journals touches.</summary>
    public AccountId Account => new(Id.Value);

    /// <summary>What the bank owes the customer now, without the interest of the running term.</summary>
    public Money Balance => Unpaid.Aggregate(
        State is DepositState.Active or DepositState.Opening ? Term.Principal : Money.Zero(Term.Principal.Currency), (sum, payment) => sum + payment.Amount);

    /// <summary>The last day on which the customer may choose another renewal (LDP-27).</summary>
    public LocalDate RenewalChangeUntil => Term.Matures.PlusDays(-1);
}

/// <remarks>The default value of this type is no deposit.</remarks>
public readonly record struct DepositId(Guid Value)
{
    public override string ToString() => Value.ToString("D");

    internal static DepositId OfQuote(CustomerId customer, Guid quote) => new(TransactionId.Derive("deposit", customer.Value, quote.ToString("N")).Value);
}

/// <summary>How long every term is: exactly one of the two.</summary>
/// <param name="Months">Of a product.</param>
/// <param name="Days">Of a deposit until a chosen date.</param>
public sealed record DepositPeriod(int? Months, int? Days)
{
    /// <summary>Months are counted from the opening, so that a deposit of the 31st keeps its day; days from the term before.</summary>
    /// <param name="number">Of the term, from 1.</param>
    public LocalDate MaturityOf(int number, LocalDate openedOn, LocalDate from) =>
        Months is { } months ? openedOn.PlusMonths(months * number) : from.PlusDays(Days!.Value);
}

/// <summary>One term: from a day to its maturity at a fixed rate.</summary>
/// <param name="Number">From 1, counting renewals.</param>
/// <param name="Matures">The contract's date, a working day or not: interest is counted up to it (LDP-25).</param>
/// <param name="RatePercent">A year's.</param>
/// <param name="TaxPercent">Withheld from the interest.</param>
public sealed record DepositTerm(int Number, LocalDate From, LocalDate Matures, Money Principal, decimal RatePercent, decimal TaxPercent)
{
    public int Days => NodaTime.Period.DaysBetween(From, Matures);

    public DepositInterest Interest => DepositInterest.Of(Principal, RatePercent, Days, TaxPercent);
}

/// <summary>Money on its way out of a deposit.</summary>
/// <param name="Term">The number of the term that it comes from; there is at most one for each.</param>
/// <param name="IsPrincipal">Principal and interest; else interest alone.</param>
public sealed record DepositPayment(int Term, Money Amount, bool IsPrincipal);

public enum RenewalType
{
    /// <summary>The initial amount goes on for the same period; the interest is paid.</summary>
    Principal,

    /// <summary>Both go on together.</summary>
    PrincipalAndInterest,
}

public enum DepositState
{
    /// <summary>Confirmed; whether the money has moved the ledger knows.</summary>
    Opening,
    Active,

    /// <summary>Its last term is over and its money has not reached an account of the customer yet.</summary>
    Matured,

    /// <summary>All is paid. Final.</summary>
    Closed,
}
