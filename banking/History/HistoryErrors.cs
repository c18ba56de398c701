using NodaTime;

namespace Serverless.Banking.History;

/// <summary>Unknown, or somebody else's.</summary>
public sealed record OperationNotFound() : NotFound("operation_not_found");

/// <summary>A receipt is for what is in the books; this operation is not, or not yet.</summary>
public sealed record ReceiptNotAvailable(OperationState State) : Conflict("receipt_not_available");

/// <summary>One request looks at twelve months at most.</summary>
public sealed record PeriodTooLong(string Field, int MonthsAtMost) : Invalid("period_too_long", Field);

/// <summary>Older operations are on the statements (ACC-06).</summary>
/// <param name="OldestOn">The first day that the history shows.</param>
public sealed record PeriodNotOnline(string Field, LocalDate OldestOn) : Invalid("period_not_online", Field);

public sealed record MinAboveMax(string Field) : Invalid("min_above_max", Field);
