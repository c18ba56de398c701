using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Bills;

namespace Serverless.Functions.Bills;

[Description("A payment of an invoice, as it stands.")]
public sealed record PaymentResponse(
    Guid Id,
    PaymentState State,
    string Company,
    string ClientCode,
    string InvoiceNumber,
    string SubscriberName,
    Money Amount,
    Money Penalty,
    Money Total,
    Guid AccountId,
    [property: Description("What the account was, or would have been, debited.")] Money Debit,
    [property: Description("Units of the invoice's currency for one of the account's; null when they are the same.")] string? ExchangeRate,
    string? Description,
    [property: Description("The authorisation that paid it; null when the customer did by hand.")] Guid? AuthorisationId,
    [property: Description("The company's own number of the payment, once it has confirmed.")] string? CompanyReference,
    [property: Description("Code of the error that a failed payment ended with; null else.")] string? FailureCode,
    [property: Description("The account was debited and has been credited again.")] bool IsReturned,
    Instant CreatedAt,
    [property: Description("Every state it has been in, oldest first.")] IReadOnlyList<PaymentStepResponse> Timeline)
{
    public static PaymentResponse From(Payment payment) => new(
        payment.Id.Value,
        payment.State,
        payment.Account.Company.Value,
        payment.Account.ClientCode,
        payment.InvoiceNumber,
        payment.SubscriberName,
        payment.Amount,
        payment.Penalty,
        payment.Total,
        payment.From.Value,
        payment.Debit,
        payment.Rate?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        payment.Description,
        payment.Origin.Authorisation,
        payment.BillerReference,
        payment.Failure?.Code,
        payment.IsReturned,
        payment.StartedAt,
        [.. payment.Timeline.Select(step => new PaymentStepResponse(step.State, step.At))]);
}

public sealed record PaymentStepResponse(PaymentState State, Instant At);
