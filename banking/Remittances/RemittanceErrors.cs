namespace Serverless.Banking.Remittances;

/// <summary>8 to 12 digits.</summary>
public sealed record PinMalformed(string Field) : Invalid("pin_malformed", Field);

public sealed record PinUnknown() : NotFound("pin_unknown");

/// <summary>The money is for somebody else; nothing of it is shown.</summary>
public sealed record BeneficiaryDiffers() : Refused("beneficiary_differs");

public sealed record RemittanceAlreadyPaid() : Conflict("remittance_already_paid");

public sealed record RemittanceCancelled() : Conflict("remittance_cancelled");

/// <param name="Version">The current one.</param>
public sealed record RemittanceTermsNotAccepted(string Field, string Version) : Invalid("remittance_terms_not_accepted", Field);

/// <summary>Unknown, or somebody else's.</summary>
public sealed record RemittanceNotFound() : NotFound("remittance_not_found");
