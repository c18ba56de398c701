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
    Money? RequestedLimit,
    [property: Description("Null before a decision, and of one that was declined.")] Money? ApprovedLimit,
    [property: Description("Null for a draft.")] Instant? SubmittedAt,
    NextAction NextAction,
    [property: Description("What is waited for; null when the application is at its end.")] ApplicationWaitResponse? Awaited,
    [property: Description("Parts that have to be filled in before it can be submitted.")] IReadOnlyList<ApplicationSection> Missing,
    PersonalDataResponse? PersonalData,
    WorkResponse? Work,
    [property: Description("Why it ended without a product, as a code; null else."), Example("limit_rejected")] string? EndedBy,
    bool CanWithdraw,
    [property: Description("Every status it has had, oldest first.")] IReadOnlyList<ApplicationStepResponse> Timeline)
{
    public static ApplicationResponse From(ProductApplication it) => new(
        it.Id, it.Product, it.State, it.Account?.Value, it.Requested, it.Decision?.Limit, it.SubmittedAt, NextActions.Of(it), ApplicationWaitResponse.Of(it),
        it.State == ApplicationState.Draft ? [.. SubmitApplication.Missing(it)] : [],
        it.Personal is { } personal
            ? new PersonalDataResponse(personal.ResidenceStatus, personal.MaritalStatus, personal.FamilyMembers, personal.Email, personal.Branch)
            : null,
        it.Work is { } work
            ? new WorkResponse(work.Education, work.Sector, work.Profession, work.MonthsInJob, work.MonthsAtWork, work.Title, work.Country, work.City, work.Address)
            : null,
        it.EndedBy, WithdrawApplication.CanWithdraw(it), [.. it.Timeline.Select(step => new ApplicationStepResponse(step.State, step.At))]);
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
        _ => null,
    };
}

[Description("What the applicant does next.")]
public enum NextAction
{
    None,
    Complete,
    ApproveLimit,
}

internal static class NextActions
{
    public static NextAction Of(ProductApplication it) => it.State switch
    {
        ApplicationState.Draft => NextAction.Complete,
        ApplicationState.LowerLimitOffered => NextAction.ApproveLimit,
        _ => NextAction.None,
    };
}
