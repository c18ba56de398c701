using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Identification;

namespace Serverless.Banking.Onboarding;

/// <summary>Somebody's application to become a customer (ONB-09): everything that was said, found and decided. Personal data: it is printed by nothing.</summary>
/// <param name="Id">The workflow's, too.</param>
/// <param name="Email">Proven by a code before the application was opened; small letters.</param>
/// <param name="PersonalNumber">As typed by the applicant.</param>
/// <param name="Epoch">Of the newest application token: proving the e-mail address again on another device ends the tokens before.</param>
/// <param name="Timeline">What has happened, oldest first; the last one has the present state.</param>
public sealed record OnboardingApplication(
    Guid Id, string Email, string PersonalNumber, Language Language, int Epoch, IReadOnlyList<OnboardingEntry> Timeline)
{
    public IReadOnlyList<GivenConsent> Consents { get; init; } = [];

    /// <summary>When the present video session runs out.</summary>
    public Instant? VideoEndsAt { get; init; }

    /// <summary>Every video session begun (ONB-31), oldest first.</summary>
    public IReadOnlyList<Guid> VideoSessions { get; init; } = [];

    /// <summary>What the document says; null before somebody was identified.</summary>
    public IdentifiedPerson? Person { get; init; }

    /// <summary>Why the last video session identified nobody, or why nobody can become a customer online: a code that the applicant may read; null for none.</summary>
    public string? Failure { get; init; }

    /// <summary>The present review, or the last one.</summary>
    public ReviewCase? Review { get; init; }

    /// <summary>E.164, proven by a code.</summary>
    public string? Mobile { get; init; }

    /// <summary>E.164, waits for its code.</summary>
    public string? DeclaredMobile { get; init; }

    public Residence? Residence { get; init; }

    public TaxStatus? TaxStatus { get; init; }

    public Questionnaire? PersonalData { get; init; }

    /// <summary>From then on nothing that was said changes.</summary>
    public Instant? ConfirmedAt { get; init; }

    /// <summary>SHA-256 over everything that was confirmed; stands in the contract.</summary>
    public string? DataHash { get; init; }

    /// <summary>For banking services (KSHBI).</summary>
    public ContractPaper? Contract { get; init; }

    public OnboardedClient? Client { get; init; }

    public Instant? PasswordSetAt { get; init; }

    /// <summary>Of the current account.</summary>
    public ContractPaper? AccountContract { get; init; }

    /// <summary>The present video session, or the last one.</summary>
    public Guid? VideoSession => VideoSessions.Count == 0 ? null : VideoSessions[^1];

    public OnboardingState State => Timeline[^1].State;

    public Instant OpenedAt => Timeline[0].At;

    public bool IsOver => OnboardingStates.Next[State].Count == 0;

    public OnboardingStep Step => State switch
    {
        OnboardingState.Started => OnboardingStep.GiveConsents,
        OnboardingState.Consented => OnboardingStep.StartVideo,
        OnboardingState.Identifying => OnboardingStep.FinishVideo,
        OnboardingState.IdentityReview => OnboardingStep.AwaitReview,
        OnboardingState.Identified => DeclaredMobile is null ? OnboardingStep.DeclareMobile : OnboardingStep.EnterMobileCode,
        OnboardingState.DataPending => Residence is null ? OnboardingStep.GiveResidence
            : TaxStatus is null ? OnboardingStep.DeclareTaxStatus
            : PersonalData is null ? OnboardingStep.GivePersonalData
            : OnboardingStep.ConfirmData,
        OnboardingState.ContractPending => Contract is not { ConfirmedAt: not null } ? OnboardingStep.ConfirmContract
            : Contract.SignedAt is null ? OnboardingStep.SignContract
            : OnboardingStep.AwaitAccount,
        OnboardingState.AccountCreated => PasswordSetAt is null ? OnboardingStep.ChoosePassword : OnboardingStep.ConfirmAccountContract,
        _ => OnboardingStep.None,
    };

    /// <summary>Says nothing, so that no log line does.</summary>
    public override string ToString() => $"{nameof(OnboardingApplication)} {Id:D}";

    /// <exception cref="InvalidOperationException">No such step: a bug.</exception>
    internal OnboardingApplication To(OnboardingState state, string what, string by, Instant at) => OnboardingStates.Next[State].Contains(state)
        ? this with { Timeline = [.. Timeline, new OnboardingEntry(state, what, by, at)] }
        : throw new InvalidOperationException($"An application that is {State} cannot become {state}.");

    /// <summary>Something happened that changes no state.</summary>
    internal OnboardingApplication Note(string what, string by, Instant at) => this with { Timeline = [.. Timeline, new OnboardingEntry(State, what, by, at)] };
}

/// <param name="What">In snake_case, for the applicant's eyes too.</param>
/// <param name="By">One of <see cref="OnboardingParty"/>.</param>
public sealed record OnboardingEntry(OnboardingState State, string What, string By, Instant At);

/// <summary>Who does something, or is waited for.</summary>
public static class OnboardingParty
{
    public const string Applicant = "applicant";
    public const string Bank = "bank";
    public const string Provider = "provider";
    public const string Compliance = "compliance";
}

/// <param name="Document">One of <see cref="ConsentDocument"/>.</param>
/// <param name="Installation">On which it was given.</param>
public sealed record GivenConsent(ConsentDocument Document, string Version, Instant At, string Installation);

/// <summary>In the order in which they are approved (ONB-13).</summary>
public enum ConsentDocument
{
    PrivacyPolicy,
    VideoIdentificationTerms,
}

/// <summary>ONB-17. Codes are those of <see cref="ReferenceData"/>.</summary>
/// <param name="Address">As a row of a residence address (PROF-05).</param>
/// <param name="Branch">Where the person wants to become a customer.</param>
public sealed record Residence(bool IsEmigrant, string City, string PostalCode, string Address, string AdministrativeUnit, string Village, string Branch);

/// <summary>ONB-18.</summary>
/// <param name="TaxNumber">Of the other state, when the applicant knows it.</param>
public sealed record TaxStatus(bool HasUsRelation, bool IsForeignTaxpayer, string? TaxCountry, string? TaxNumber);

/// <summary>ONB-19. Codes are those of <see cref="ReferenceData"/>.</summary>
public sealed record Questionnaire(
    string EducationLevel, string Profession, string JobPosition, string CivilStatus, string FatherFirstName, string MotherMaidenSurname, string BirthCountry, string BirthCity,
    bool MarketingEmails, bool CreditHistoryCheck);

/// <summary>A contract of an application, from its making to its signature.</summary>
/// <param name="MadeAt">Stands on the paper.</param>
/// <param name="Hash">SHA-256 of the PDF, lower-case hexadecimal.</param>
public sealed record ContractPaper(string Number, Instant MadeAt, string Hash)
{
    public Instant? ConfirmedAt { get; init; }

    public Instant? SignedAt { get; init; }

    /// <summary>Names the code that signed it.</summary>
    public string? Code { get; init; }

    /// <summary>On which it was signed.</summary>
    public string? Installation { get; init; }
}

/// <param name="Iban">Of the first current account.</param>
public sealed record OnboardedClient(CustomerId Customer, Guid Account, string Iban);

/// <summary>Why and until when compliance looks at an application (ONB-30).</summary>
/// <param name="Number">Of the application's reviews, from 1.</param>
/// <param name="DecideBy">Two working days: then it is escalated.</param>
/// <param name="Hits">Reference numbers on the sanctions list.</param>
/// <param name="Before">The state that the review interrupted.</param>
public sealed record ReviewCase(int Number, IReadOnlyList<ReviewReason> Reasons, IReadOnlyList<string> Hits, Instant OpenedAt, Instant DecideBy, OnboardingState Before)
{
    public ReviewProposal? Proposal { get; init; }

    public ReviewDecision? Decision { get; init; }

    public string? DecidedBy { get; init; }

    public Instant? DecidedAt { get; init; }
}

/// <summary>The first person's word; a second one decides on it.</summary>
public sealed record ReviewProposal(Guid Change, ReviewDecision Decision, string Reason, string By, Instant At);

public enum ReviewReason
{
    /// <summary>The provider is not sure.</summary>
    ProviderReview,

    /// <summary>The document has another personal number than the one that was typed.</summary>
    IdentityMismatch,

    /// <summary>Somebody on the sanctions list has such a name and birth date.</summary>
    ScreeningHit,

    UsRelation,

    ForeignTaxpayer,

    /// <summary>Customer and account could not be created; what was begun was taken back.</summary>
    CreationFailed,
}

public enum ReviewDecision
{
    Approve,
    Reject,
    NewVideo,
}
