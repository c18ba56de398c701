using NodaTime;
using Serverless.Banking.Bills;

namespace Serverless.Banking.Partners;

/// <summary>What the bank tells a biller: this invoice was paid.</summary>
/// <param name="PaymentId">The biller books one payment per id, however often it is told.</param>
public sealed record BillerOrder(Guid PaymentId, ClientAccount Account, string InvoiceNumber, Money Amount, Money Penalty, Instant PaidAt);

/// <summary>What a biller says about a payment.</summary>
public abstract record Settlement
{
    private Settlement()
    {
    }

    /// <summary>Booked, for ever.</summary>
    /// <param name="Reference">The biller's own; null when it gave none.</param>
    public sealed record Confirmed(string? Reference) : Settlement;

    /// <summary>Received; the answer comes later.</summary>
    public sealed record Pending : Settlement;

    /// <summary>Not booked, and never will be.</summary>
    public sealed record Refused(RefusalReason Reason) : Settlement;

    /// <summary>The biller was never told of this payment.</summary>
    public sealed record NeverReceived : Settlement;

    /// <summary>No answer, or none that can be understood: it may be booked or not.</summary>
    public sealed record Unknown : Settlement;
}

public enum RefusalReason
{
    AlreadyPaid,
    AmountChanged,
    Withdrawn,

    /// <summary>The biller does not know the invoice for this client code any more.</summary>
    UnknownInvoice,
}
