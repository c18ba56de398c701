using NodaTime;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>A payee that a customer has registered (TRF-02).</summary>
/// <param name="Alias">What the customer calls it; null when it has no name of its own.</param>
/// <param name="Name">First and last name.</param>
/// <param name="Account">An IBAN (electronic form) or, abroad, a number.</param>
/// <param name="Country">ISO 3166-1 alpha-2, of the bank.</param>
/// <param name="Bank">Outside the bank, when known.</param>
/// <param name="Address">Kept from the first transfer.</param>
/// <param name="AccountId">Within the bank; <paramref name="Account"/> may then be masked, as the customer was shown it.</param>
/// <param name="IsTrusted">Registered with strong confirmation: paying it takes none.</param>
public sealed record Beneficiary(
    BeneficiaryId Id, CustomerId Customer, BeneficiaryType Type, string? Alias, string Name, string Account, string Country, PayeeBank? Bank,
    PayeeAddress? Address, Instant CreatedAt, AccountId? AccountId = null, bool IsTrusted = false)
{
    internal PayeeStanding Standing => IsTrusted ? PayeeStanding.TrustedBeneficiary : PayeeStanding.Other;
}

/// <remarks>The default value of this type is no beneficiary.</remarks>
public readonly record struct BeneficiaryId(Guid Value)
{
    /// <summary>One per customer and account: registering it twice meets the first.</summary>
    /// <param name="account">Of this bank: its id, because it may be known by several numbers.</param>
    public static BeneficiaryId Of(CustomerId customer, string account) =>
        new(TransactionId.Derive("beneficiary", customer.Value, account).Value);

    public override string ToString() => Value.ToString("D");
}

/// <summary>Which transfers can use it. Codes are these names in snake_case.</summary>
public enum BeneficiaryType
{
    Inside,
    National,
    International,
}
