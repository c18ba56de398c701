namespace Serverless.Banking.Transfers;

/// <summary>Unknown, or somebody else's.</summary>
public sealed record BeneficiaryNotFound() : NotFound("beneficiary_not_found");

/// <summary>The account is registered already, as this beneficiary.</summary>
public sealed record BeneficiaryExists(BeneficiaryId Beneficiary) : Conflict("beneficiary_exists");

/// <summary>The beneficiary's account is of another kind than this transfer.</summary>
public sealed record BeneficiaryTypeMismatch(BeneficiaryType BeneficiaryType) : Refused("beneficiary_type_mismatch");

/// <summary>The registered account no longer exists at this bank.</summary>
public sealed record BeneficiaryGone(BeneficiaryId Beneficiary) : Conflict("beneficiary_gone");

/// <summary>No account of this bank has that number.</summary>
public sealed record BeneficiaryAccountUnknown(string Field) : Invalid("beneficiary_account_unknown", Field);

/// <summary>Not in the list of countries.</summary>
public sealed record CountryUnknown(string Field) : Invalid("country_unknown", Field);
