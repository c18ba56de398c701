using NodaTime;

namespace Serverless.Banking.Confirmations;

/// <summary>What confirming takes, decided when the operation was prepared and sealed with it.</summary>
/// <param name="Exemption">Why no factor is needed; null: one is.</param>
/// <param name="AskedAt">No signature from before it counts.</param>
/// <param name="RenewsLowValue">Only the counters kept it from being exempt as of low value: strong confirmation starts them anew.</param>
/// <param name="Request">For operations without a quote: the hash of the one request that may carry it.</param>
public sealed record ConfirmationDemand(
    ConfirmationFacts Facts, Exemption? Exemption, Instant AskedAt, bool RenewsLowValue = false, string? Request = null)
{
    public bool IsRequired => Exemption is null;
}

/// <summary>Why an operation goes without a factor. Codes are these names in snake_case.</summary>
public enum Exemption
{
    /// <summary>Between accounts of the customer at this bank. Source: Regulation (EU) 2018/389, article 15.</summary>
    OwnAccounts,

    /// <summary>To a payee whom the customer has registered with strong confirmation. Article 13.</summary>
    TrustedBeneficiary,

    /// <summary>Little, and little since the last strong confirmation. Article 16.</summary>
    LowValue,

    /// <summary>Nothing leaves the customer's accounts.</summary>
    NothingPaid,
}

/// <summary>Whom an operation pays, as far as the exemptions ask.</summary>
public enum PayeeStanding
{
    /// <summary>Anybody.</summary>
    Other,

    /// <summary>Registered with strong confirmation, and paid as registered.</summary>
    TrustedBeneficiary,

    /// <summary>The customer, on another account at this bank.</summary>
    Self,

    /// <summary>Nobody: the customer asks for money, or gets it.</summary>
    Nobody,

    /// <summary>No exemption may apply: standing orders, contracts, whatever changes who may do what.</summary>
    NeverExempt,
}
