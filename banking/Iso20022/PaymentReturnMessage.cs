using NodaTime;

namespace Serverless.Banking.Iso20022;

/// <summary>pacs.004.001.09: settled payments come back.</summary>
public sealed record PaymentReturnMessage(GroupHeader Header, IReadOnlyList<ReturnedPayment> Returns)
{
    public const string Name = "pacs.004.001.09";
}

/// <param name="ReturnId">The returning bank's own; at most 35 characters.</param>
/// <param name="OriginalAmount">What had been settled.</param>
/// <param name="Amount">What comes back: at most the original amount, less when a bank kept charges.</param>
public sealed record ReturnedPayment(
    string? ReturnId, OriginalPayment Original, Money? OriginalAmount, Money Amount, LocalDate? SettlementDate, IReadOnlyList<StatusReason> Reasons);
