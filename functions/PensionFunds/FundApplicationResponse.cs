using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Customers;
using Serverless.Banking.PensionFunds;
using Serverless.Functions.Http;

namespace Serverless.Functions.PensionFunds;

[Description("An application for a pension fund, as it stands.")]
public sealed record FundApplicationResponse(
    [property: Description("The fund's, too.")] Guid Id,
    FundState Status,
    [property: Description("Code of the plan."), Example("raja-balanced")] string Plan,
    [property: Description("The management company."), Example("Raja Pension")] string Company,
    string Description,
    [property: Description("Null before it was said.")] FundPaymentResponse? Payment,
    [property: Description("Null for a draft.")] Instant? SubmittedAt,
    [property: Description("When its present status ends by itself; null when nobody is waited for.")] Instant? Deadline,
    [property: Description("Of the signed contract; null before.")] string? ContractNumber,
    [property: Description("Why it came to nothing, as a code; null else."), Example("not_signed_in_time")] string? EndedBy,
    [property: Description("What was paid at the confirmation is back on the account.")] bool IsRefunded,
    [property: Description("Every status it has had, oldest first.")] IReadOnlyList<FundStepResponse> Timeline)
{
    public static FundApplicationResponse From(PrivateFund it) => new(
        it.Id, it.State, it.Plan, PensionPlans.Of(it.Plan).Manager, it.Description, FundPaymentResponse.From(it.Payment), it.SubmittedAt, it.Deadline, it.ContractNumber, it.EndedBy, it.IsRefunded,
        [.. it.Timeline.Select(step => new FundStepResponse(step.State, step.At))]);
}

public sealed record FundStepResponse(FundState Status, Instant At);

public sealed record FundPaymentResponse(
    FundPaymentMode PaymentMode,
    [property: Description("The account to debit.")] Guid FromAccountId,
    Money Amount,
    [property: Description("1 or 3; null for what is paid once.")] int? FrequencyMonths,
    [property: Description("The first due date; null for what is paid once.")] LocalDate? PaymentDate,
    [property: Description("The last day on which it may be due; null for no end.")] LocalDate? EndDate)
{
    public static FundPaymentResponse? From(FundPayment? payment) =>
        payment is null ? null : new(payment.Mode, payment.From.Value, payment.Amount, payment.FrequencyMonths, payment.PaymentDate, payment.EndsOn);
}

[Description("The applicant as the bank knows him: to be verified before going on.")]
public sealed record FundApplicantResponse(
    [property: Example("Arta Hoxha")] string Name,
    [property: Example("I05101999Q")] string? PersonalNumber,
    LocalDate? BirthDate,
    [property: Example("+355691234567")] string? Phone,
    [property: Example("arta@example.com")] string? Email)
{
    public static FundApplicantResponse? From(ContactDetails? contact) => contact is null
        ? null
        : new(contact.Name, contact.PersonalNumber, Banking.PersonalNumber.Find(contact.PersonalNumber)?.FindBirthDate(), contact.Phone, contact.Email);
}
