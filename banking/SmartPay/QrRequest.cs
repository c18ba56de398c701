using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.SmartPay;

/// <summary>A QR code that asks for money (QR-25): with an amount it is paid once, without one as often as somebody likes.</summary>
/// <param name="Amount">In the account's currency; null: the payer says how much.</param>
/// <param name="Code">The text of its QR code.</param>
/// <param name="ExpiresAt">With an amount 30 days later (QR-40); null for never.</param>
/// <param name="Attempts">Payments that were given up.</param>
/// <param name="Payment">The payment under way, or the one that paid; of a request with an amount.</param>
/// <param name="ExpiredAt">When the bank has closed it unpaid (QR-41). Payments compare the time themselves.</param>
public sealed record QrRequest(
    QrRequestId Id, CustomerId Owner, QrAccountId QrAccount, Money? Amount, string? Description, string Code, Instant MadeAt, Instant? ExpiresAt, int Attempts, QrRequestPayment? Payment,
    Instant? PaidAt, Instant? ExpiredAt)
{
    /// <param name="account">Its QR account, as it is now.</param>
    public QrRequestState StateAt(Instant now, QrAccount account) =>
        PaidAt is not null ? QrRequestState.Paid
        : account.IsDeleted ? QrRequestState.Cancelled
        : ExpiredAt is not null || ExpiresAt <= now ? QrRequestState.Expired
        : QrRequestState.Open;

    /// <summary>Says nothing that anybody wrote, so that no log line does.</summary>
    public override string ToString() => $"QR request {Id}";
}

/// <summary>Whoever writes it into the request pays; nobody else can meanwhile.</summary>
/// <param name="Attempt">From 1: every attempt has a transfer of its own, and a later one begins only when the earlier can never be booked.</param>
/// <param name="Order">Names the payer's order: customer and idempotency key.</param>
public sealed record QrRequestPayment(int Attempt, CustomerId Payer, Guid Order, TransferTerms Terms, OrderingDevice Device, Instant StartedAt);

/// <summary>Codes are these names in snake_case.</summary>
public enum QrRequestState
{
    Open,
    Paid,
    Expired,

    /// <summary>Its QR account was deleted.</summary>
    Cancelled,
}

/// <remarks>The default value of this type is no request.</remarks>
public readonly record struct QrRequestId(Guid Value)
{
    internal static QrRequestId Of(CustomerId owner, IdempotencyKey key) => new(StableGuid.Of("qr_request", owner.Value, key.Value));

    public override string ToString() => Value.ToString("D");
}
