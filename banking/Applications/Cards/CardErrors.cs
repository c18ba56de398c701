namespace Serverless.Banking.Applications;

/// <param name="Unmet">Codes of the conditions: <c>adult</c>, <c>identity_document</c>, <c>mobile_number</c>.</param>
public sealed record CardConditionsNotMet(IReadOnlyList<string> Unmet) : Refused("card_conditions_not_met");

/// <summary>Outside the card type's range, or in another currency.</summary>
public sealed record CardLimitOutOfRange(Money Lowest, Money Highest) : Refused("card_limit_out_of_range");

/// <summary>25 or 100.</summary>
public sealed record PaymentShareWrong(string Field) : Invalid("payment_share_wrong", Field);

/// <summary>Its turn has not come, or is over.</summary>
public sealed record StepNotPossible(ApplicationState ApplicationState) : Conflict("step_not_possible");

/// <summary>Not the contract that was shown.</summary>
public sealed record ContractDiffers(string Sha256) : Conflict("contract_differs");

/// <summary>There is a newer version.</summary>
public sealed record PrivacyPolicyDiffers(string PolicyVersion) : Conflict("privacy_policy_differs");

/// <summary>Identified already.</summary>
public sealed record IdentifiedAlready() : Conflict("identified_already");

/// <summary>Three tries have failed: a branch goes on (PROD-32).</summary>
public sealed record BranchNeeded() : Conflict("branch_needed");

/// <summary>The branch is not waited for: the camera can still do it.</summary>
public sealed record BranchNotNeeded() : Conflict("branch_not_needed");

/// <summary>Another number than the one on file (PROD-19).</summary>
public sealed record PhoneDiffers() : Refused("phone_differs");
