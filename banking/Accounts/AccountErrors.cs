using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <param name="Main">The account that is the main one now.</param>
public sealed record MainAccountExists(AccountId Main) : Conflict("main_account_exists");

/// <summary>A name has 1 to 30 letters, digits, spaces and . , / - (ACC-21).</summary>
public sealed record InvalidAccountName(string Field) : Invalid("invalid_account_name", Field);

/// <summary>A description has at most 50 letters, digits, spaces and . , / - (ACC-21).</summary>
public sealed record InvalidAccountDescription(string Field) : Invalid("invalid_account_description", Field);

/// <summary>Not one of <see cref="AccountLogos"/>.</summary>
public sealed record LogoUnknown(string Field) : Invalid("logo_unknown", Field);
