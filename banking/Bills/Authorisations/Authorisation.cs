using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <summary>The agreement that the bank pays, or reminds of, the invoices of a client account (BILL-12).</summary>
/// <param name="Number">The agreement's reference as printed for the customer.</param>
/// <param name="StartedOn">Business date of the first agreement; reopening does not change it.</param>
/// <param name="Closures">The times it was cancelled and reopened, oldest first: what fell due then is not paid automatically (BILL-17).</param>
/// <param name="CancelledOn">Null while it is active.</param>
/// <param name="Next">When the bank looks at its invoices next; null when there is nothing to do by the calendar.</param>
public sealed record Authorisation(
    AuthorisationId Id,
    string Number,
    CustomerId Customer,
    ClientAccount Account,
    AuthorisationTerms Terms,
    LocalDate StartedOn,
    LocalDate? CancelledOn,
    IReadOnlyList<Closure> Closures,
    CollectionRun? Next)
{
    public AuthorisationState State => CancelledOn is null ? AuthorisationState.Active : AuthorisationState.Cancelled;

    /// <summary>The last day it holds has passed: it is active in name only, and does not stand in the way of a new one.</summary>
    public bool IsOver(LocalDate today) => CancelledOn is not null || Terms.EndsOn < today;

    public override string ToString() => $"{Number} {State}";
}

/// <summary>What the customer chose and may change (BILL-15).</summary>
/// <param name="Maximum">No invoice above it is paid automatically; null: no limit.</param>
/// <param name="PaymentDay">1 to 31; null only for a manual authorisation without a fixed day of notice.</param>
/// <param name="EndsOn">The last day on which it holds; null: until cancelled.</param>
/// <param name="EmailNotice">An e-mail for every paid invoice (BILL-20).</param>
public sealed record AuthorisationTerms(
    PaymentType Type, Money? Maximum, AccountId From, int? PaymentDay, LocalDate? EndsOn, bool EmailNotice);

public enum PaymentType
{
    /// <summary>The customer pays; the bank reminds.</summary>
    Manual,

    /// <summary>The bank pays on the payment day.</summary>
    Automatic,
}

public enum AuthorisationState
{
    Active,
    Cancelled,
}

/// <summary>A time in which the authorisation was cancelled.</summary>
/// <param name="MissedPaymentDay">The last payment day in it; null when none fell into it.</param>
public sealed record Closure(LocalDate From, LocalDate To, LocalDate? MissedPaymentDay)
{
    /// <summary>True for an invoice that would have been paid in this time, or had to be (BILL-17).</summary>
    public bool Missed(Invoice invoice) =>
        invoice.IssuedOn <= MissedPaymentDay || (invoice.DueOn is { } due && due >= From && due < To);
}

/// <summary>One look at the invoices of an authorisation.</summary>
/// <param name="Cycle">The payment day it belongs to.</param>
/// <param name="On">The day it is due: the payment day, or one of the days after it.</param>
/// <param name="Attempt">0 on the payment day; 1 to 3 for the days after it (BILL-23).</param>
/// <param name="Invoices">The numbers to be tried again; null on the payment day: all that are unpaid.</param>
public sealed record CollectionRun(LocalDate Cycle, LocalDate On, int Attempt, IReadOnlyList<string>? Invoices)
{
    public static CollectionRun OnPaymentDay(LocalDate day) => new(day, day, 0, null);
}
