namespace Serverless.Sandbox.Billers;

/// <summary>What the bank reports as paid.</summary>
internal sealed record Payment(string PaymentId, string ClientCode, string InvoiceNumber, Money Amount, Money Penalty, DateTimeOffset PaidAt);

/// <summary>What became of a payment.</summary>
/// <param name="Reference">The biller's own number of a confirmed payment.</param>
/// <param name="Code">Why a payment was refused: one of <see cref="SettlementCodes"/>.</param>
internal sealed record Settlement(string PaymentId, SettlementStatus Status, string? Reference, string? Code)
{
    public static Settlement Pending(string paymentId) => new(paymentId, SettlementStatus.Pending, null, null);

    public static Settlement Confirmed(string paymentId, string reference) => new(paymentId, SettlementStatus.Confirmed, reference, null);

    public static Settlement Refused(string paymentId, string code) => new(paymentId, SettlementStatus.Refused, null, code);
}

internal enum SettlementStatus
{
    Confirmed,
    Pending,
    Refused,
}

/// <summary>A payment with all that the biller knows about it.</summary>
/// <param name="TimesSent">How often the bank has sent it; it counts once.</param>
internal sealed record TakenPayment(Payment Payment, DateTimeOffset ReceivedAt, Settlement Settlement, int TimesSent);
