namespace Serverless.Sandbox.Billers;

/// <summary>An invoice as the contract writes it.</summary>
internal sealed record Invoice(
    string Number,
    string ClientCode,
    string SubscriberName,
    Money Amount,
    Money Penalty,
    DateOnly IssuedOn,
    DateOnly? DueOn,
    InvoiceStatus Status);

internal enum InvoiceStatus
{
    Unpaid,
    Paid,
    Withdrawn,
}

internal sealed record Subscriber(string ClientCode, string Name);
