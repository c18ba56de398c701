namespace Serverless.Banking.Bills;

/// <summary>No company of this id takes bills here, or not any more.</summary>
public sealed record CompanyUnknown(string Field) : Invalid("company_unknown", Field);

/// <param name="Format">The regular expression that the company's codes fit.</param>
public sealed record ClientCodeMalformed(string Field, string Format) : Invalid("client_code_format", Field);

/// <summary>The number printed on the smart card was given where the contract's is asked for (BILL-04).</summary>
public sealed record SmartCardNumber(string Field) : Invalid("smart_card_number", Field);

/// <summary>The company has no such client.</summary>
public sealed record ClientCodeUnknown(string Company) : Refused("client_code_unknown");

/// <summary>The company does not answer; nothing was done, try again later.</summary>
public sealed record CompanyUnavailable(string Company) : Unavailable("company_unavailable");
