namespace Serverless.Banking.Applications;

/// <summary>Codes are these names in snake_case (PROD-29).</summary>
public enum ApplicationState
{
    /// <summary>The customer is filling it in.</summary>
    Draft,

    /// <summary>The credit registry is asked, and a score computed.</summary>
    Submitted,

    /// <summary>With the cards desk.</summary>
    InReview,

    /// <summary>A card's contract is to be read; an overdraft's limit is being set.</summary>
    Approved,

    /// <summary>The customer accepts less than asked for, or not.</summary>
    LowerLimitOffered,

    WaitingForIdentification,

    WaitingForSignature,

    /// <summary>The card is ordered. Final.</summary>
    Issued,

    /// <summary>The overdraft can be used. Final.</summary>
    Active,

    /// <summary>By the bank. Final.</summary>
    Declined,

    /// <summary>By the customer. Final.</summary>
    Withdrawn,

    /// <summary>Final.</summary>
    Expired,
}

public static class ApplicationStates
{
    /// <summary>Which state may follow which; docs/workflows.md draws it.</summary>
    public static IReadOnlyDictionary<ApplicationState, IReadOnlyList<ApplicationState>> Card { get; } = new Dictionary<ApplicationState, IReadOnlyList<ApplicationState>>
    {
        [ApplicationState.Draft] = [ApplicationState.Submitted, ApplicationState.Withdrawn, ApplicationState.Expired],
        [ApplicationState.Submitted] = [ApplicationState.InReview, ApplicationState.Approved, ApplicationState.Declined, ApplicationState.Withdrawn],
        [ApplicationState.InReview] =
            [ApplicationState.Approved, ApplicationState.LowerLimitOffered, ApplicationState.Declined, ApplicationState.Withdrawn, ApplicationState.Expired],
        [ApplicationState.LowerLimitOffered] = [ApplicationState.Approved, ApplicationState.Withdrawn, ApplicationState.Expired],
        [ApplicationState.Approved] = [ApplicationState.WaitingForIdentification, ApplicationState.Withdrawn, ApplicationState.Expired],
        [ApplicationState.WaitingForIdentification] = [ApplicationState.WaitingForSignature, ApplicationState.Withdrawn, ApplicationState.Expired],
        [ApplicationState.WaitingForSignature] = [ApplicationState.Issued, ApplicationState.Withdrawn, ApplicationState.Expired],
        [ApplicationState.Issued] = [],
        [ApplicationState.Declined] = [],
        [ApplicationState.Withdrawn] = [],
        [ApplicationState.Expired] = [],
    };

    /// <inheritdoc cref="Card"/>
    public static IReadOnlyDictionary<ApplicationState, IReadOnlyList<ApplicationState>> Overdraft { get; } = new Dictionary<ApplicationState, IReadOnlyList<ApplicationState>>
    {
        [ApplicationState.Draft] = [ApplicationState.Submitted, ApplicationState.Withdrawn, ApplicationState.Expired],
        [ApplicationState.Submitted] = [ApplicationState.InReview, ApplicationState.Approved, ApplicationState.Declined, ApplicationState.Withdrawn],
        [ApplicationState.InReview] =
            [ApplicationState.Approved, ApplicationState.LowerLimitOffered, ApplicationState.Declined, ApplicationState.Withdrawn, ApplicationState.Expired],
        [ApplicationState.LowerLimitOffered] = [ApplicationState.Approved, ApplicationState.Withdrawn, ApplicationState.Expired],
        [ApplicationState.Approved] = [ApplicationState.Active, ApplicationState.Declined],
        [ApplicationState.Active] = [],
        [ApplicationState.Declined] = [],
        [ApplicationState.Withdrawn] = [],
        [ApplicationState.Expired] = [],
    };

    public static IReadOnlyDictionary<ApplicationState, IReadOnlyList<ApplicationState>> Next(ApplicationProduct product) =>
        product == ApplicationProduct.CreditCard ? Card : Overdraft;
}
