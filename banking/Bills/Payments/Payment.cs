using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <summary>One customer's payment of one invoice.</summary>
/// <param name="Amount">The invoice's, without the penalty.</param>
/// <param name="From">The customer's account that is debited.</param>
/// <param name="Debit">What it is debited, in its own currency.</param>
/// <param name="Rate">Units of the invoice's currency for one of the account's; null when they are the same.</param>
/// <param name="Failure">Why a failed payment failed; null else.</param>
/// <param name="IsReturned">The account had been debited, and was credited again because the company refused.</param>
/// <param name="BillerReference">The company's own number of the payment, once confirmed; null when it gave none.</param>
/// <param name="Timeline">Every state it has been in, oldest first.</param>
public sealed record Payment(
    PaymentId Id,
    CustomerId Customer,
    PaymentOrigin Origin,
    ClientAccount Account,
    string InvoiceNumber,
    string SubscriberName,
    Money Amount,
    Money Penalty,
    AccountId From,
    Money Debit,
    decimal? Rate,
    string? Description,
    Instant StartedAt,
    PaymentState State,
    Error? Failure,
    bool IsReturned,
    string? BillerReference,
    IReadOnlyList<PaymentStep> Timeline)
{
    public Money Total => Amount + Penalty;

    /// <summary>Where it was ordered: <c>mobile</c>, <c>web</c>, <c>eklik</c>; null when the bank pays it by itself, and for those of before it was kept (EKL-21).</summary>
    public string? Channel { get; init; }

    /// <summary>The journal that debits the customer.</summary>
    internal TransactionId Journal => JournalOf(Id);

    internal TransactionId Reversal => TransactionId.Derive("bill_payment_reversal", Id.Value.ToString("N"));

    internal static TransactionId JournalOf(PaymentId id) => TransactionId.Derive("bill_payment", id.Value.ToString("N"));

    internal Payment Become(PaymentState state, Instant at) => this with { State = state, Timeline = [.. Timeline, new PaymentStep(state, at)] };

    public override string ToString() => $"{Id} {State}";
}

public sealed record PaymentStep(PaymentState State, Instant At);

/// <remarks>The default value of this type is no payment.</remarks>
public readonly record struct PaymentId(Guid Value)
{
    /// <summary>A retry with the same key is the same payment.</summary>
    public static PaymentId Of(CustomerId customer, IdempotencyKey key) => new(StableGuid.Of("bill_payment", customer.Value, key.Value));

    public override string ToString() => Value.ToString("D");
}

/// <summary>On whose word a payment is made.</summary>
/// <param name="Authorisation">The standing authorisation; null when the customer pays by hand.</param>
public sealed record PaymentOrigin(Guid? Authorisation)
{
    public static PaymentOrigin Customer { get; } = new((Guid?)null);

    public static PaymentOrigin Automatic(Guid authorisation) => new(authorisation);
}
