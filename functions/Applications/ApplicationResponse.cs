using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

[Description("An application for a card or an overdraft, as it stands.")]
public sealed record ApplicationResponse(
    Guid Id,
    ApplicationProduct Product,
    ApplicationState Status,
    [property: Description("Of an overdraft.")] Guid? AccountId,
    [property: Description("Of a card."), Example("classic")] string? CardType,
    Money? RequestedLimit,
    [property: Description("Null before a decision, and of one that was declined.")] Money? ApprovedLimit,
    [property: Description("Null for a draft.")] Instant? SubmittedAt,
    NextAction NextAction,
    [property: Description("What is waited for; null when the application is at its end.")] ApplicationWaitResponse? Awaited,
    [property: Description("Parts that have to be filled in before it can be submitted.")] IReadOnlyList<ApplicationSection> Missing,
    [property: Description("Of a card.")] CardSettingsResponse? Settings,
    PersonalDataResponse? PersonalData,
    WorkResponse? Work,
    [property: Description("Of a card that was approved: what has been read, proven and signed.")] CardProgressResponse? Card,
    [property: Description("Why it ended without a product, as a code; null else."), Example("limit_rejected")] string? EndedBy,
    bool CanWithdraw,
    [property: Description("Every status it has had, oldest first.")] IReadOnlyList<ApplicationStepResponse> Timeline)
{
    public static ApplicationResponse From(ProductApplication it) => new(
        it.Id, it.Product, it.State, it.Account?.Value, it.CardType, it.Requested, it.Decision?.Limit, it.SubmittedAt, NextActions.Of(it), ApplicationWaitResponse.Of(it),
        it.State == ApplicationState.Draft ? [.. SubmitApplication.Missing(it)] : [],
        it.Settings is { } settings ? new CardSettingsResponse(settings.StatementPeriod, settings.AutomaticPaymentShare, settings.InternetShare) : null,
        it.Personal is { } personal
            ? new PersonalDataResponse(personal.ResidenceStatus, personal.MaritalStatus, personal.FamilyMembers, personal.Email, personal.Branch)
            : null,
        it.Work is { } work
            ? new WorkResponse(work.Education, work.Sector, work.Profession, work.MonthsInJob, work.MonthsAtWork, work.Title, work.Country, work.City, work.Address)
            : null,
        it.Product == ApplicationProduct.CreditCard && it.Decision?.Limit is not null ? CardProgressResponse.From(it) : null,
        it.EndedBy, WithdrawApplication.CanWithdraw(it), [.. it.Timeline.Select(step => new ApplicationStepResponse(step.State, step.At))]);
}

public sealed record CardSettingsResponse(StatementPeriod StatementPeriod, int AutomaticPaymentShare, int InternetPurchasesShare);

public sealed record CardProgressResponse(
    Instant? ContractConfirmedAt,
    Instant? PrivacyPolicyReadAt,
    int IdentificationsLeft,
    [property: Description("Why the last identification failed, as a code; null when none has."), Example("other_person")] string? LastFailure,
    Instant? IdentifiedAt,
    Instant? PhoneProvenAt,
    [property: Description("Where the contract is signed; null before, and when it is signed."), Example("https://signatures.example.com/sign/1")] string? SignUrl,
    Instant? SignedAt,
    [property: Description("Null before the card is ordered.")] CardOrderState? CardStatus,
    [property: Description("Null before the card is produced."), Example("512345******1234")] string? MaskedCard)
{
    public static CardProgressResponse From(ProductApplication it)
    {
        var card = it.Card;
        return new(
            card.ContractConfirmedAt, card.PrivacyReadAt, Math.Max(0, CardTries.AtMost - card.FailedIdentifications), card.LastFailure, card.IdentifiedAt, card.PhoneProvenAt,
            it.State == ApplicationState.WaitingForSignature && card.SignedAt is null ? card.Signature?.SignUrl : null, card.SignedAt, card.Order?.State, card.Order?.MaskedCard);
    }
}

public sealed record PersonalDataResponse(string ResidenceStatus, string MaritalStatus, int FamilyMembers, string? Email, string? Branch);

public sealed record WorkResponse(
    string Education, string Sector, string Profession, int MonthsInJob, int? MonthsAtWork, string? Title, string? Country, string? City, string? Address);

public sealed record ApplicationStepResponse(ApplicationState Status, Instant At);

[Description("What is waited for, from whom, and until when.")]
public sealed record ApplicationWaitResponse(
    [property: Example("decision")] string What, [property: Example("cards_desk")] string From, [property: Description("Then it ends, or goes to a person; null where a partner answers.")] Instant? Until)
{
    public static ApplicationWaitResponse? Of(ProductApplication it) => it.State switch
    {
        ApplicationState.Draft => new("submission", "customer", it.Deadline),
        ApplicationState.Submitted => new("credit_report", "credit_registry", null),
        ApplicationState.InReview => new("decision", "cards_desk", it.Deadline),
        ApplicationState.LowerLimitOffered => new("answer", "customer", it.Deadline),
        ApplicationState.Approved when it.Product == ApplicationProduct.Overdraft => new("limit", "bank", null),
        ApplicationState.Approved => new("contract", "customer", it.Deadline),
        ApplicationState.WaitingForIdentification when it.Card.IdentifiedAt is not null => new("telephone", "customer", it.Deadline),
        ApplicationState.WaitingForIdentification => new("identification", it.Card.FailedIdentifications >= CardTries.AtMost ? "branch" : "customer", it.Deadline),
        ApplicationState.WaitingForSignature when it.Card.SignedAt is not null => new("card_order", "card_processor", null),
        ApplicationState.WaitingForSignature => new("signature", "customer", it.Deadline),
        ApplicationState.Issued when !it.IsOver => it.Card.Order?.State == CardOrderState.Ready ? new("collection", "customer", null) : new("card", "card_processor", null),
        _ => null,
    };
}

[Description("What the applicant does next.")]
public enum NextAction
{
    None,
    Complete,
    ApproveLimit,
    ConfirmContract,
    ReadPrivacyPolicy,
    Identify,
    VisitBranch,
    CheckPhone,
    Sign,
    Collect,
}

internal static class NextActions
{
    public static NextAction Of(ProductApplication it) => it.State switch
    {
        ApplicationState.Draft => NextAction.Complete,
        ApplicationState.LowerLimitOffered => NextAction.ApproveLimit,
        ApplicationState.Approved when it.Product == ApplicationProduct.CreditCard => it.Card.ContractHash is null ? NextAction.ConfirmContract : NextAction.ReadPrivacyPolicy,
        ApplicationState.WaitingForIdentification => it.Card.IdentifiedAt is not null ? NextAction.CheckPhone
            : it.Card.FailedIdentifications >= CardTries.AtMost ? NextAction.VisitBranch : NextAction.Identify,
        ApplicationState.WaitingForSignature when it.Card.SignedAt is null => NextAction.Sign,
        ApplicationState.Issued when it.Card.Order?.State == CardOrderState.Ready => NextAction.Collect,
        _ => NextAction.None,
    };
}
