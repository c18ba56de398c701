using NodaTime;

namespace Serverless.Banking.Budget;

/// <summary>The customer has not activated the budget, or has closed it.</summary>
/// <param name="KeptUntil">Until then the settings of a closed budget can be taken up again; null when there are none.</param>
public sealed record BudgetNotActive(LocalDate? KeptUntil) : Conflict("budget_not_active");

/// <summary>There is nothing to take up again: the customer never had a budget, or closed it twelve months ago.</summary>
public sealed record BudgetNotKept() : NotFound("budget_not_kept");

public sealed record NoAccount(string Field) : Invalid("no_account", Field);

/// <summary>The bank has no rate between an account's currency and the budget's.</summary>
public sealed record CurrencyNotExchanged(string From, string To) : Refused("currency_not_exchanged");

/// <summary>No category that can be chosen now.</summary>
public sealed record CategoryUnknown(string Field) : Invalid("category_unknown", Field);

public sealed record TypeUnknown(string Field, IReadOnlyList<string> Allowed) : Invalid("type_unknown", Field);

public sealed record DateRequired(string Field) : Invalid("date_required", Field);

/// <summary>An expense is planned for the current month or a later one.</summary>
public sealed record DateInPast(string Field, LocalDate EarliestOn) : Invalid("date_in_past", Field);

public sealed record DateTooFar(string Field, LocalDate LatestOn) : Invalid("date_too_far", Field);

/// <summary>An expense is in the budget's currency.</summary>
public sealed record ExpenseCurrencyMismatch(string Field, string BudgetCurrency) : Invalid("expense_currency_mismatch", Field);

public sealed record ExpenseNotFound() : NotFound("expense_not_found");

/// <summary>Others change the same thing right now; the same request may be sent again.</summary>
public sealed record BudgetBusy() : Conflict("budget_busy");

/// <summary>Money that came in, moved between the customer's own accounts, or is not booked: it has no category.</summary>
public sealed record OperationNotSpending() : Refused("operation_not_spending");
