using System.ComponentModel;
using NodaTime;
using Serverless.Banking.Complaints;

namespace Serverless.Functions.Complaints;

[Description("A complaint or a suggestion, with the bank's messages.")]
public sealed record ServiceRequestResponse(
    string Number, ServiceRequestKind Type, string Details, Instant CreatedAt, ServiceRequestState Status,
    [property: Description("Oldest first.")] IReadOnlyList<BankMessageResponse> Messages)
{
    public static ServiceRequestResponse From(ServiceRequest request) => new(
        request.Number, request.Kind, request.Details, request.CreatedAt, request.State,
        [.. request.Messages.Select(message => new BankMessageResponse(BankMessageAuthor.Bank, message.Text, message.At))]);
}

public sealed record BankMessageResponse(BankMessageAuthor From, string Text, Instant At);

public enum BankMessageAuthor
{
    Bank,
}

[Description("A request as staff see it.")]
public sealed record StaffServiceRequestResponse(
    string Number, string Customer, ServiceRequestKind Type, string Details, Instant CreatedAt, ServiceRequestState Status, string? Assignee,
    [property: Description("The last day for an answer to a complaint; null for a suggestion.")] LocalDate? AnswerBy, Instant? EscalatedAt,
    IReadOnlyList<StaffMessageResponse> Messages)
{
    public static StaffServiceRequestResponse From(ServiceRequest request) => new(
        request.Number, request.Customer.Value, request.Kind, request.Details, request.CreatedAt, request.State, request.Assignee, request.AnswerBy, request.EscalatedAt,
        [.. request.Messages.Select(message => new StaffMessageResponse(message.Officer, message.Text, message.NewState, message.At))]);
}

public sealed record StaffMessageResponse(string Officer, string Text, ServiceRequestState NewStatus, Instant At);
