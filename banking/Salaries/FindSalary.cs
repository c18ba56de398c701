using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Salaries;

/// <summary>What a customer earns, as far as it is paid through the bank.</summary>
/// <param name="Net">A month's, in the account's currency: the mean of the months that had one.</param>
/// <param name="Months">How many of the last months had one.</param>
public sealed record Salary(Account Account, Money Net, int Months);

/// <summary>Finds the account on which a customer's salary arrives, and how much it is.</summary>
public sealed class FindSalary
{
    /// <summary>The last salary may be as old as this: a month, and a payer who is two weeks late.</summary>
    private static readonly Duration Fresh = Duration.FromDays(45);

    private const int MonthsAtMost = 3;

    private readonly SalaryNotes notes;
    private readonly ListAccounts accounts;
    private readonly FindJournal journals;
    private readonly TimeProvider time;

    internal FindSalary(SalaryNotes notes, ListAccounts accounts, FindJournal journals, TimeProvider time) =>
        (this.notes, this.accounts, this.journals, this.time) = (notes, accounts, journals, time);

    /// <param name="currencies">Only accounts in these.</param>
    /// <returns>Null when no account had a salary within the last 45 days. Of several accounts the one with the latest salary.</returns>
    public async Task<Salary?> RunAsync(CustomerId customer, IReadOnlyCollection<Currency> currencies, CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        (Salary Salary, Instant Last)? best = null;
        foreach (var account in (await accounts.RunAsync(customer, cancellation)).Where(
            one => one.Status != AccountStatus.Closed && one.Type == AccountType.Current && currencies.Contains(one.Currency)))
        {
            List<(Instant At, Money Amount)> paid = [];
            await foreach (var transaction in notes.SinceAsync(account.Id, now - Duration.FromDays(31 * (MonthsAtMost + 1)), cancellation))
            {
                if (await journals.RunAsync(transaction, account.Id, cancellation) is { } posted)
                    paid.Add((posted.PostedAt, posted.Journal.Legs.First(leg => leg.Account == account.Id).Amount));
            }

            if (paid.Count == 0 || paid.Max(one => one.At) is var last && (now - last > Fresh || last <= best?.Last))
                continue;
            var months = paid.GroupBy(one => one.At.InZone(BankTime.Tirane).Date.ToYearMonth()).OrderByDescending(month => month.Key).Take(MonthsAtMost)
                .Select(month => month.Sum(one => one.Amount.Minor)).ToList();
            best = (new Salary(account, Money.OfMinor(months.Sum() / months.Count, account.Currency), months.Count), paid.Max(one => one.At));
        }

        return best?.Salary;
    }
}
