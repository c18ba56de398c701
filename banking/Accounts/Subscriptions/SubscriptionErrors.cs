namespace Serverless.Banking.Accounts;

public sealed record EmailInvalid(string Field) : Invalid("email_invalid", Field);

/// <summary>Statements by e-mail need to be told how often.</summary>
public sealed record FrequencyRequired(string Field) : Invalid("frequency_required", Field);

/// <summary>A day of the month is 1 to 31.</summary>
public sealed record DayOutOfRange(string Field) : Invalid("day_out_of_range", Field);

/// <summary>The account has no periodic statements.</summary>
public sealed record SubscriptionNotFound() : NotFound("statement_subscription_not_found");
