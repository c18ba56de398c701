using System.Globalization;
using NodaTime;
using Serverless.Banking.History;

namespace Serverless.Banking.Budget;

/// <summary>Table <c>budgets</c>: one partition per customer with all that his budget is, so that it is read by one query and erased as a whole.</summary>
internal static class BudgetKeys
{
    public const string Table = "budgets";

    /// <summary>The plan; the only row that says whether there is a budget.</summary>
    public const string Settings = "settings";

    public const string ExpensePrefix = "expense|";
    public const string ListPrefix = "list|";
    public const string PartyPrefix = "party|";
    public const string OperationPrefix = "operation|";
    public const string DonePrefix = "done|";

    public static string Partition(CustomerId customer) => customer.Value;

    public static string Expense(ExpenseId id) => $"{ExpensePrefix}{id.Value:N}";

    /// <summary>The expense again, newest first.</summary>
    public static string Listed(Expense expense) => $"{ListPrefix}{long.MaxValue - expense.CreatedAt.ToUnixTimeTicks():D19}|{expense.Id.Value:N}";

    /// <summary>What an idempotency key has added.</summary>
    public static string Key(CustomerId customer, IdempotencyKey key) => $"key|{ExpenseId.Of(customer, key).Value:N}";

    /// <summary>The category that the customer gave to a merchant or counterparty.</summary>
    public static string Party(string mark) => $"{PartyPrefix}{mark}";

    /// <summary>The category that the customer gave to one operation without a counterparty.</summary>
    public static string Operation(OperationId id) => $"{OperationPrefix}{id.Value}";

    /// <summary>Which operation was the expense of a month.</summary>
    public static string Done(ExpenseId expense, YearMonth month) => $"{DoneOf(expense)}{Text(month)}";

    public static string DoneOf(ExpenseId expense) => $"{DonePrefix}{expense.Value:N}|";

    /// <summary>The highest share of the budget that the customer was told of in a month.</summary>
    public static string Told(YearMonth month) => $"told|{Text(month)}";

    public static string Text(YearMonth month) => string.Create(CultureInfo.InvariantCulture, $"{month.Year:D4}-{month.Month:D2}");
}

/// <summary>
/// Table <c>budgetreviews</c>: when each customer's budget is looked at next. Partition by the customer number's last digit, rows by time; written
/// before the budget it points to, so that none is forgotten; who finds a row that leads nowhere drops it.
/// </summary>
internal static class ReviewKeys
{
    public const string Table = "budgetreviews";

    public static IEnumerable<string> Partitions => Enumerable.Range(0, 10).Select(digit => $"due|{digit}");

    public static string Partition(CustomerId customer) => $"due|{customer.Value[^1]}";

    public static string Row(Instant at, CustomerId customer) => $"{Moment(at)}|{customer.Value}";

    public static string Moment(Instant at) => at.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture);

    /// <summary>Always a full hour, so that however many reviews of a budget run, they point to the same next one.</summary>
    public static Instant NextHour(Instant now)
    {
        const long Hour = 3600;
        return Instant.FromUnixTimeSeconds(((now.ToUnixTimeSeconds() / Hour) + 1) * Hour);
    }
}
