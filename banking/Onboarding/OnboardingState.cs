namespace Serverless.Banking.Onboarding;

/// <summary>Where an application stands (ONB-12). Codes are these names in snake_case.</summary>
public enum OnboardingState
{
    /// <summary>The e-mail address is proven; the consents are due.</summary>
    Started,

    /// <summary>Nobody is identified yet, or not well enough: a video session can be started.</summary>
    Consented,

    /// <summary>A video session is under way.</summary>
    Identifying,

    /// <summary>Compliance looks at it.</summary>
    IdentityReview,

    /// <summary>It is known who applies; the mobile number is due.</summary>
    Identified,

    /// <summary>The mobile number is proven; residence, tax status and personal data are due, and their confirmation.</summary>
    DataPending,

    /// <summary>What was said is frozen; the contract is to be signed.</summary>
    ContractPending,

    /// <summary>The applicant is a customer with an account; password and account contract are due.</summary>
    AccountCreated,

    /// <summary>The customer can sign in. Final.</summary>
    Completed,

    /// <summary>Final.</summary>
    Rejected,

    /// <summary>Its time is over, or the applicant has started over. Final.</summary>
    Expired,
}

/// <summary>What is to be done next.</summary>
public enum OnboardingStep
{
    GiveConsents,
    StartVideo,
    FinishVideo,

    /// <summary>By the bank.</summary>
    AwaitReview,
    DeclareMobile,
    EnterMobileCode,
    GiveResidence,
    DeclareTaxStatus,
    GivePersonalData,
    ConfirmData,
    ConfirmContract,
    SignContract,

    /// <summary>By the bank.</summary>
    AwaitAccount,
    ChoosePassword,
    ConfirmAccountContract,

    /// <summary>Nothing: it is at its end.</summary>
    None,
}

public static class OnboardingStates
{
    /// <summary>Which state may follow which; docs/workflows.md draws it.</summary>
    public static IReadOnlyDictionary<OnboardingState, IReadOnlyList<OnboardingState>> Next { get; } = new Dictionary<OnboardingState, IReadOnlyList<OnboardingState>>
    {
        [OnboardingState.Started] = [OnboardingState.Consented, OnboardingState.Expired],
        [OnboardingState.Consented] = [OnboardingState.Identifying, OnboardingState.Expired],
        [OnboardingState.Identifying] =
            [OnboardingState.Identified, OnboardingState.IdentityReview, OnboardingState.Consented, OnboardingState.Rejected, OnboardingState.Expired],
        [OnboardingState.IdentityReview] =
            [OnboardingState.Identified, OnboardingState.ContractPending, OnboardingState.Consented, OnboardingState.Rejected, OnboardingState.Expired],
        [OnboardingState.Identified] = [OnboardingState.DataPending, OnboardingState.Expired],
        [OnboardingState.DataPending] = [OnboardingState.ContractPending, OnboardingState.IdentityReview, OnboardingState.Expired],
        [OnboardingState.ContractPending] = [OnboardingState.AccountCreated, OnboardingState.IdentityReview, OnboardingState.Expired],
        [OnboardingState.AccountCreated] = [OnboardingState.Completed, OnboardingState.Expired],
        [OnboardingState.Completed] = [],
        [OnboardingState.Rejected] = [],
        [OnboardingState.Expired] = [],
    };
}
