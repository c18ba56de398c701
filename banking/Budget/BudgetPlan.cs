using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Budget;

/// <summary>What a customer means to spend in a calendar month (Europe/Tirane), and from which accounts.</summary>
/// <param name="Amount">Positive; its currency is the budget's.</param>
/// <param name="ActivatedAt">When it was activated last.</param>
/// <param name="ClosedAt">Null while it is active.</param>
public sealed record BudgetPlan(CustomerId Customer, IReadOnlyList<AccountId> Accounts, Money Amount, Instant ActivatedAt, Instant? ClosedAt)
{
    /// <summary>How long a closed budget's settings can be taken up again (HIST-19).</summary>
    public const int MonthsKept = 12;

    public bool IsActive => ClosedAt is null;

    /// <summary>When a closed budget is erased; null while it is active.</summary>
    public Instant? ErasedAt => ClosedAt is { } closed
        ? BankTime.Tirane.AtStartOfDay(closed.InZone(BankTime.Tirane).Date.PlusMonths(MonthsKept).PlusDays(1)).ToInstant()
        : null;
}

/// <summary>Something the customer expects to spend, or has spent outside of his accounts.</summary>
/// <param name="Category">One of the <see cref="BudgetCatalogue"/>.</param>
/// <param name="Amount">Positive, in the currency that the budget had.</param>
/// <param name="PlannedOn">Of a monthly one the first; the others are on the same day of the month, or on its last.</param>
public sealed record Expense(
    ExpenseId Id, CustomerId Customer, string Category, Money Amount, ExpenseType Type, LocalDate PlannedOn, string? Description, Instant CreatedAt)
{
    /// <summary>The day in a month on which it falls; null when it does not.</summary>
    public LocalDate? In(YearMonth month)
    {
        var first = PlannedOn.ToYearMonth();
        return Type == ExpenseType.OneTime
            ? first == month ? PlannedOn : null
            : first.CompareTo(month) <= 0 ? month.OnDayOfMonth(Math.Min(PlannedOn.Day, month.ToDateInterval().End.Day)) : null;
    }
}

public enum ExpenseType
{
    OneTime,
    RecurringMonthly,
}

/// <remarks>The default value of this type is no expense.</remarks>
public readonly record struct ExpenseId(Guid Value)
{
    /// <summary>A retry with the same key is the same expense.</summary>
    public static ExpenseId Of(CustomerId customer, IdempotencyKey key) => new(StableGuid.Of("expense", customer.Value, key.Value));

    public override string ToString() => Value.ToString("D");
}

/// <summary>Calendar months, as they begin and end in Tirana.</summary>
internal static class BudgetMonth
{
    public static YearMonth Of(Instant moment) => moment.InZone(BankTime.Tirane).Date.ToYearMonth();

    public static Instant Begins(LocalDate day) => BankTime.Tirane.AtStartOfDay(day).ToInstant();
}

/// <summary>By what a merchant or another counterparty is known again.</summary>
internal static class PartyMark
{
    /// <returns>Null for nobody.</returns>
    public static string? Of(Party? party) => party switch
    {
        { Account: { Length: > 0 } account } => Hash("account", account.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()),
        { Name: { Length: > 0 } name } => Hash("name", SearchText.Fold(name).Trim()),
        _ => null,
    };

    private static string Hash(string what, string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{what}\n{value}")).AsSpan(0, 16));
}
