using NodaTime;

namespace Serverless.Banking.Iso20022;

/// <summary>camt.056.001.08: a bank asks for a payment back that it has sent.</summary>
/// <param name="MessageId">Of the request; the answer names it as the case.</param>
/// <param name="Amount">As it was settled.</param>
/// <param name="Reason">Of the external code list: <c>CUST</c>, requested by the customer; <c>DUPL</c>, a duplicate.</param>
public sealed record CancellationRequestMessage(
    string MessageId, Instant CreatedAt, Bic Assigner, Bic? Assignee, OriginalPayment Original, Money Amount, string Reason)
{
    public const string Name = "camt.056.001.08";
}

/// <summary>camt.029.001.09: the answer to it.</summary>
public sealed record CancellationAnswerMessage(string MessageId, IReadOnlyList<CancellationAnswer> Answers)
{
    public const string Name = "camt.029.001.09";
}

/// <param name="IsAccepted">Null while it is pending: another answer follows.</param>
/// <param name="Reasons">A rejection should have one.</param>
public sealed record CancellationAnswer(OriginalPayment Original, bool? IsAccepted, IReadOnlyList<StatusReason> Reasons);
