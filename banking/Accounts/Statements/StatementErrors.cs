using NodaTime;

namespace Serverless.Banking.Accounts;

/// <summary>A statement ends today at the latest.</summary>
public sealed record DateInFuture(string Field) : Invalid("date_in_future", Field);

/// <param name="MaxMonths">A statement covers at most so many months.</param>
public sealed record RangeTooLong(string Field, int MaxMonths) : Invalid("range_too_long", Field);

/// <param name="OpenedOn">The first day that a statement can have.</param>
public sealed record StartBeforeOpening(string Field, LocalDate OpenedOn) : Invalid("start_before_opening", Field);

/// <summary>The bank knows no e-mail address of the customer.</summary>
public sealed record EmailMissing() : Refused("email_missing");

/// <summary>No such statement was ordered, or by somebody else.</summary>
public sealed record StatementNotFound() : NotFound("statement_not_found");
