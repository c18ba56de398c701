using NodaTime;

namespace Serverless.Banking.Complaints;

/// <summary>A customer's complaint or suggestion.</summary>
/// <param name="Number">What people call it by; derived from the customer and the key, so a retry meets the first.</param>
/// <param name="AnswerBy">The last business day for an answer to a complaint; null for a suggestion.</param>
/// <param name="Messages">The bank's, oldest first.</param>
public sealed record ServiceRequest(
    string Number, CustomerId Customer, ServiceRequestKind Kind, string Details, Instant CreatedAt, ServiceRequestState State, string? Assignee,
    LocalDate? AnswerBy, Instant? EscalatedAt, IReadOnlyList<BankMessage> Messages)
{
    public const int DetailsAtMost = 2000;
    public const int NumberLength = 12;
}

/// <param name="Officer">The member of staff who wrote it; customers are shown the bank.</param>
public sealed record BankMessage(string Officer, string Text, ServiceRequestState NewState, Instant At);

public enum ServiceRequestKind
{
    Complaint,
    Suggestion,
}

public enum ServiceRequestState
{
    Received,
    InProgress,
    Answered,
    Closed,
}
