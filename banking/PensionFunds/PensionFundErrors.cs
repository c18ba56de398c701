namespace Serverless.Banking.PensionFunds;

/// <summary>No application or fund of this id, or somebody else's.</summary>
public sealed record PrivateFundNotFound() : NotFound("private_fund_not_found");

/// <summary>So many applications wait already: finish one first.</summary>
public sealed record TooManyFundApplications(int Most) : Refused("too_many_fund_applications");

/// <summary>What was confirmed, or has ended, does not change any more.</summary>
public sealed record FundApplicationNotDraft(FundState FundState) : Conflict("fund_application_not_draft");

/// <summary>The payment is to be arranged first.</summary>
public sealed record FundPaymentMissing() : Conflict("fund_payment_missing");

/// <summary>The application was changed after the summary was shown: ask for a new one.</summary>
public sealed record FundApplicationChanged() : Conflict("fund_application_changed");

/// <summary>Another confirmation is being carried out, or a collection is under way; the same call may be sent again.</summary>
public sealed record FundBusy() : Conflict("fund_busy");

/// <summary>No such plan, or it takes nobody any more.</summary>
public sealed record PlanNotAvailable() : Refused("plan_not_available");

public sealed record PensionPlanNotFound() : NotFound("pension_plan_not_found");

/// <summary>Funds are for people of working age; also when the bank does not know the date of birth.</summary>
public sealed record AgeNotEligible(int MinimumAge, int RetirementAge) : Refused("age_not_eligible");

/// <param name="ContractVersion">The version that is to be accepted.</param>
public sealed record ContractNotAccepted(string ContractVersion) : Refused("contract_not_accepted");

/// <summary>Every month or every three.</summary>
public sealed record FrequencyNotAllowed(string Field) : Invalid("frequency_not_allowed", Field);

/// <summary>A periodic payment has frequency and date; one that is made once has neither, and no end.</summary>
public sealed record FundPaymentUnclear(string Field) : Invalid("fund_payment_unclear", Field);

public sealed record PaymentDateInPast(string Field) : Invalid("payment_date_in_past", Field);

/// <summary>Contributions are in the plan's currency (LDP-29).</summary>
public sealed record NotInPlanCurrency(string Field, string PlanCurrency) : Invalid("not_in_plan_currency", Field);

/// <summary>Contributions are taken from the account, or what was paid for an application would go back to it.</summary>
public sealed record AccountFundsPensions(int Funds) : Refused("account_funds_pensions");

/// <summary>There is no automatic contribution.</summary>
public sealed record NotPeriodic() : Conflict("not_periodic");

/// <summary>The contract is not signed, or the application came to nothing.</summary>
public sealed record FundNotActive(FundState FundState) : Conflict("fund_not_active");
