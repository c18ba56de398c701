namespace Serverless.Banking.Insurance;

/// <summary>What can be insured, in the menu's order (PAY-15). Codes are these names in snake_case.</summary>
public enum InsuranceKind
{
    /// <summary>Compulsory motor third-party liability.</summary>
    Tpl,

    /// <summary>Roadside assistance.</summary>
    AutoSos,

    /// <summary>Reduced comprehensive vehicle insurance.</summary>
    MiniKasko,

    /// <summary>Motor cover abroad.</summary>
    GreenCard,

    Property,

    /// <summary>Of the customer himself.</summary>
    Health,

    PersonalAccident,

    StudentAbroad,

    Telehealth,

    /// <summary>Health while travelling.</summary>
    TravelHealth,
}

public enum InsuranceGroup
{
    Motor,

    Property,

    Health,

    Travel,
}

/// <summary>How the policy reaches the customer; the insurer sees to it.</summary>
public enum PolicyDelivery
{
    /// <summary>By e-mail.</summary>
    Email,

    /// <summary>A copy by e-mail, which does not replace the original: that is received within one to two working days (PAY-19, PAY-20).</summary>
    EmailCopyThenOriginal,
}

public static class InsuranceKinds
{
    public static IReadOnlyList<InsuranceKind> All { get; } = Enum.GetValues<InsuranceKind>();

    public static InsuranceGroup GroupOf(this InsuranceKind kind) => kind switch
    {
        InsuranceKind.Tpl or InsuranceKind.AutoSos or InsuranceKind.MiniKasko or InsuranceKind.GreenCard => InsuranceGroup.Motor,
        InsuranceKind.Property => InsuranceGroup.Property,
        InsuranceKind.TravelHealth => InsuranceGroup.Travel,
        _ => InsuranceGroup.Health,
    };

    public static PolicyDelivery DeliveryOf(this InsuranceKind kind) =>
        kind is InsuranceKind.Tpl or InsuranceKind.AutoSos ? PolicyDelivery.EmailCopyThenOriginal : PolicyDelivery.Email;

    /// <summary>Health and travel: the e-mail address is filled from the bank's records, and can be changed (PAY-17).</summary>
    public static bool KnowsEmail(this InsuranceKind kind) => kind.GroupOf() is InsuranceGroup.Health or InsuranceGroup.Travel;
}
