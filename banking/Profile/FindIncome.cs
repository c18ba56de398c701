using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Calendar;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Profile;

/// <summary>Interest earned on one product in a year.</summary>
/// <param name="From">The first booking day of the year on which interest was paid; <paramref name="To"/> the last.</param>
public sealed record ProductIncome(AccountType Type, string Number, string Name, Money Interest, LocalDate From, LocalDate To);

/// <param name="Totals">One per currency.</param>
public sealed record YearIncome(int Year, IReadOnlyList<ProductIncome> Products, IReadOnlyList<Money> Totals);

/// <summary>What a customer earned from interest on the bank's products in a calendar year (PROF-08), from the books: entries of the kind <see cref="InterestKind"/>.</summary>
public sealed class FindIncome
{
    /// <summary>How journals that pay interest to a customer's account call themselves.</summary>
    public const string InterestKind = "interest_paid";

    private readonly ListAccounts accounts;
    private readonly ReadEntries entries;
    private readonly BankCalendar calendar;

    internal FindIncome(ListAccounts accounts, ReadEntries entries, BankCalendar calendar) => (this.accounts, this.entries, this.calendar) = (accounts, entries, calendar);

    /// <param name="year">Null: the current one in Tirana.</param>
    /// <returns>Products that paid interest, the main account first; a correction takes off what it took back. Costs one call per 200 entries of an account since the year began.</returns>
    public async Task<YearIncome> RunAsync(CustomerId customer, int? year, CancellationToken cancellation)
    {
        var wanted = year ?? calendar.Today.Year;
        List<ProductIncome> products = [];
        foreach (var account in await accounts.RunAsync(customer, cancellation))
        {
            if (await OfAsync(account, wanted, cancellation) is { } income)
                products.Add(income);
        }

        var totals = products.GroupBy(product => product.Interest.Currency)
            .Select(group => group.Aggregate(Money.Zero(group.Key), (sum, product) => sum + product.Interest));
        return new YearIncome(wanted, products, [.. totals]);
    }

    private async Task<ProductIncome?> OfAsync(Account account, int year, CancellationToken cancellation)
    {
        List<Entry> paid = [];
        for (long? before = null; ;)
        {
            var page = await entries.RunAsync(account.Id, before, ReadEntries.PageAtMost, cancellation);
            paid.AddRange(page.Where(entry => entry.Kind == InterestKind && entry.BookedOn.Year == year));
            if (page.Count < ReadEntries.PageAtMost || page[^1].BookedOn.Year < year)
                break;
            before = page[^1].Sequence;
        }

        return paid.Count == 0 ? null : new ProductIncome(
            account.Type, account.Iban.Electronic, account.Name, paid.Aggregate(Money.Zero(account.Currency), (sum, entry) => sum + entry.Amount),
            paid.Min(entry => entry.BookedOn), paid.Max(entry => entry.BookedOn));
    }
}
