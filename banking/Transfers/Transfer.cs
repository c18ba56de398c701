using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>Money that a customer has ordered to be sent to somebody, or to another account of his own.</summary>
/// <param name="Customer">Who ordered it and is debited.</param>
/// <param name="Payer">What the payee reads of the payer: name and account as they were when it was ordered.</param>
/// <param name="Amount">What the payee gets, in the transfer's currency.</param>
/// <param name="Debit">What <paramref name="From"/> pays for it without the fee, in the account's currency.</param>
/// <param name="Fee">In the account's currency; zero when there is none.</param>
/// <param name="Rate">Units of the transfer's currency for one of the account's; null when they are the same.</param>
/// <param name="Origin">What ordered it in the customer's name, as <c>periodic/{id}</c>, <c>request/{id}</c> or <c>qr/{account}</c>; null for the customer by hand.</param>
/// <param name="Failure">Why it was rejected; null else.</param>
/// <param name="Timeline">Every state it has been in, oldest first, the last one its present state.</param>
public sealed record Transfer(
    TransferId Id,
    TransferKind Kind,
    CustomerId Customer,
    AccountId From,
    PayerDetails Payer,
    Payee To,
    Money Amount,
    Money Debit,
    Money Fee,
    FeeBearer FeeBearer,
    decimal? Rate,
    string? Description,
    string? Origin,
    Error? Failure,
    IReadOnlyList<TransferStep> Timeline,
    TransferWishes? Wishes = null)
{
    /// <summary>Where it was ordered: <c>mobile</c>, <c>web</c>, <c>eklik</c>, <c>bank</c>; null for those of before it was kept (EKL-21).</summary>
    public string? Channel { get; init; }

    public TransferState State => Timeline[^1].State;

    public Instant OrderedAt => Timeline[0].At;

    /// <summary>Its own journal settles it: the payee has an account here, or the bank owes it to a fund's manager.</summary>
    public bool IsWithinBank => To.AccountId is not null || To.Fund is not null;

    /// <summary>What leaves the account.</summary>
    public Money Total => Debit + Fee;

    /// <summary>The one journal that settles a transfer within the bank.</summary>
    public TransactionId Transaction => new(Id.Value);

    public Transfer At(TransferState state, Instant at, Error? failure = null) =>
        State == state ? this : this with { Timeline = [.. Timeline, new TransferStep(state, at)], Failure = failure };
}

/// <remarks>The default value of this type is no transfer.</remarks>
public readonly record struct TransferId(Guid Value)
{
    /// <summary>A quote is confirmed once: whoever confirms it again meets the first transfer.</summary>
    public static TransferId OfQuote(CustomerId customer, Guid quote) =>
        new(TransactionId.Derive("transfer", customer.Value, quote.ToString("N")).Value);

    /// <summary>For orders without a quote: a periodic transfer's occurrence, say.</summary>
    public static TransferId Derive(CustomerId customer, params ReadOnlySpan<string> parts) =>
        new(TransactionId.Derive(["transfer", customer.Value, .. parts]).Value);

    public override string ToString() => Value.ToString("D");
}

/// <summary>What the customer wants besides.</summary>
/// <param name="EmailDetails">The details of the payment to his own e-mail address (TRF-25).</param>
/// <param name="Comment">The first message of the transfer's thread (TRF-12).</param>
public sealed record TransferWishes(bool EmailDetails = false, string? Comment = null);

public sealed record TransferStep(TransferState State, Instant At);

/// <summary>Codes are these names in snake_case.</summary>
public enum TransferState
{
    /// <summary>Ordered; not yet debited, or on its way.</summary>
    Accepted,

    /// <summary>Handed to the network between banks.</summary>
    Sent,

    /// <summary>The payee's bank has it; within the bank: the payee's account is credited.</summary>
    Settled,

    /// <summary>It did not happen; the money is where it was.</summary>
    Rejected,

    /// <summary>The payee's bank sent it back after settlement; the customer has been credited again.</summary>
    Returned,
}

/// <summary>Codes are these names in snake_case; the journal's kind is the code with <c>_transfer</c> unless <see cref="TransferKinds"/> says otherwise.</summary>
public enum TransferKind
{
    Own,
    Inside,
    Phone,
    Pension,
    National,
    International,
    RequestPayment,

    /// <summary>By scanning a code of this bank (QR-26).</summary>
    Qr,
}

/// <summary>Who pays the charges (TRF-16). Within the bank always the sender.</summary>
public enum FeeBearer
{
    Sender,
    Beneficiary,
    Shared,
}

public static class TransferKinds
{
    /// <summary>What the journal, the quote's purpose and the limits call it: <c>own_transfer</c>, <c>pension_contribution</c>, <c>request_payment</c>.</summary>
    public static string Code(this TransferKind kind) => kind switch
    {
        TransferKind.Own => "own_transfer",
        TransferKind.Inside => "inside_transfer",
        TransferKind.Phone => "phone_transfer",
        TransferKind.Pension => "pension_contribution",
        TransferKind.National => "national_transfer",
        TransferKind.International => "international_transfer",
        TransferKind.RequestPayment => "request_payment",
        TransferKind.Qr => "qr_payment",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What the settings of limits and fees call it: <c>own</c>, <c>request_payment</c>.</summary>
    public static string Short(this TransferKind kind) => kind == TransferKind.RequestPayment ? "request_payment" : kind.ToString().ToLowerInvariant();
}
