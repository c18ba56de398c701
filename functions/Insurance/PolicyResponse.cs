using System.ComponentModel;
using System.Globalization;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Calendar;
using Serverless.Banking.Insurance;
using Serverless.Functions.Http;

namespace Serverless.Functions.Insurance;

[Description("A policy that the customer has ordered, as it stands.")]
public sealed record PolicyResponse(
    Guid Id,
    PurchaseState State,
    InsuranceKind Kind,
    string Insurer,
    [property: Description("The insurer's; null until it has issued the policy.")] string? PolicyNumber,
    [property: Description("Whom or what the policy names.")] string Insured,
    LocalDate Start,
    [property: Description("The last day; null until the insurer has said it.")] LocalDate? End,
    Money Premium,
    Guid AccountId,
    [property: Description("What the account is, or would have been, debited.")] Money Debit,
    [property: Description("Units of the premium's currency for one of the account's; null when they are the same.")] string? ExchangeRate,
    string Email,
    [property: Description("How the policy reaches the customer. A copy by e-mail does not replace the original, which is received within 1-2 working days.")] PolicyDelivery Delivery,
    [property: Description("The last of the 1-2 working days within which the original is received; null where there is none, and until the policy is issued.")] LocalDate? OriginalBy,
    [property: Description("Whether a copy can be downloaded.")] bool HasDocument,
    [property: Description("In the history, where its receipt is; null until it is paid.")] string? OperationId,
    [property: Description("Why there is no policy, as a code of the insurer's or the bank's; null else."), Example("insurer_silent")] string? RefusalCode,
    Instant OrderedAt,
    [property: Description("Every state it has been in, oldest first.")] IReadOnlyList<PolicyStepResponse> Timeline)
{
    public static PolicyResponse From(PolicyPurchase it, InsuranceLists lists, BankCalendar calendar) => new(
        it.Id, it.State, it.Kind, lists.Of(it.Insurer).Name, it.Policy?.Number, it.Insured, it.Policy?.Start ?? it.Cover.Start, it.Policy?.End ?? it.Cover.End, it.Premium,
        it.From.Value, it.Debit, it.Rate?.ToString(CultureInfo.InvariantCulture), it.Email, it.Kind.DeliveryOf(), OriginalOf(it, calendar), it.DocumentHash is not null,
        it.Operation?.Value, it.RefusalCode, it.OrderedAt, [.. it.Timeline.Select(step => new PolicyStepResponse(step.State, step.At))]);

    private static LocalDate? OriginalOf(PolicyPurchase it, BankCalendar calendar) =>
        it.Kind.DeliveryOf() == PolicyDelivery.EmailCopyThenOriginal && it.State == PurchaseState.Issued
            ? calendar.AddBusinessDays(it.Timeline[^1].At.InZone(BankTime.Tirane).Date.PlusDays(1), 1)
            : null;
}

public sealed record PolicyStepResponse(PurchaseState State, Instant At);
