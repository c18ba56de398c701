using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>A transfer to be made now.</summary>
/// <param name="Id">Derived from what may be ordered once: <see cref="TransferId.OfQuote"/>.</param>
/// <param name="Key">The caller's idempotency key, or one that the bank's own timers derive.</param>
/// <param name="RequestHash">Tells a retry from another order under the same key.</param>
/// <param name="Device">What the order comes from: the limits differ.</param>
public sealed record TransferOrder(
    TransferId Id,
    TransferKind Kind,
    CustomerId Customer,
    IdempotencyKey Key,
    string RequestHash,
    TransferTerms Terms,
    OrderingDevice Device)
{
    /// <summary>What ordered it in the customer's name, as <c>periodic/{id}</c>; null for the customer by hand.</summary>
    public string? Origin { get; init; }

    /// <summary>Register the payee as a beneficiary afterwards (TRF-06).</summary>
    public bool SaveBeneficiary { get; init; }

    public TransferWishes? Wishes { get; init; }
}

/// <summary>What the customer was shown and has confirmed; the content of the sealed quote.</summary>
/// <param name="Amount">What the payee gets, in the transfer's currency.</param>
/// <param name="Debit">What the account pays for it without the fee, in its own currency.</param>
/// <param name="Rate">Units of the transfer's currency for one of the account's; null when they are the same.</param>
public sealed record TransferTerms(
    AccountId From,
    PayerDetails Payer,
    Payee To,
    Money Amount,
    Money Debit,
    Money Fee,
    FeeBearer FeeBearer,
    decimal? Rate,
    string? Description)
{
    /// <summary>One like it that was ordered shortly before; null when there is none (EKL-30).</summary>
    public Guid? PossibleDuplicate { get; init; }

    /// <summary>As the transfer's: which code was scanned; null for none.</summary>
    public string? Origin { get; init; }
}

/// <param name="IsTrusted">One that the customer has authorised.</param>
/// <param name="Channel"><c>mobile</c>, <c>web</c>; <c>bank</c> for orders that the bank carries out by the clock.</param>
public sealed record OrderingDevice(bool IsTrusted, string Channel)
{
    /// <summary>Standing orders: authorised when they were registered.</summary>
    public static OrderingDevice Bank { get; } = new(IsTrusted: true, "bank");
}
