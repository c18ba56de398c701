using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Documents;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;
using Serverless.Banking.Receipts;
using Serverless.Testing;

namespace Serverless.Banking.Tests.History;

/// <summary>The history of accounts with years behind them, on tables in memory.</summary>
public sealed class ListOperationsTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Pages_of_any_size_give_what_sorting_and_filtering_everything_would(int seed)
    {
        await using var bank = await StartAsync();
        var random = new Random(seed);
        var accounts = new[] { await bank.OpenAccountAsync(Arta.Value, "0.00"), await bank.OpenAccountAsync(Arta.Value, "0.00 EUR"), await bank.OpenAccountAsync(Arta.Value, "0.00") };
        for (var i = 0; i < 400; i++)
        {
            bank.Clock.Advance(TimeSpan.FromHours(random.Next(1, 72)));
            await DepositAsync(bank, accounts[random.Next(3)], random.Next(1, 50) * 100, random.Next(4) == 0 ? "Kafe ÇELA" : $"Derdhje {i % 7}");
        }

        var all = (await Task.WhenAll(accounts.Select(account => EverythingAsync(bank, account)))).SelectMany(some => some).ToArray();
        for (var i = 0; i < 25; i++)
        {
            var filter = AnyFilter(random, bank.Now.InZone(BankTime.Tirane).Date, accounts);
            var expected = Sorted(all.Where(entry => Passes(entry, filter, bank.Now)), filter.Sort).ToArray();

            var found = await PagesAsync(bank, filter, random.Next(1, 60));

            Assert.True(expected.SequenceEqual(found), $"{filter}: {expected.Length} expected, {found.Count} found");
        }
    }

    [Fact]
    public async Task An_accounts_first_page_is_one_storage_call_and_so_is_the_next_one()
    {
        await using var bank = await StartAsync();
        var account = await bank.OpenAccountAsync(Arta.Value, "0.00");
        for (var i = 0; i < 120; i++)
            await DepositAsync(bank, account, 100, "Derdhje");
        var filter = new OperationFilter { Accounts = [account] };
        bank.Storage.Reset();

        var first = (await bank.Get<ListOperations>().RunAsync(Arta, filter, new PageRequest(50, null), CancellationToken.None)).Value!;
        Assert.Single(bank.Storage.Calls);
        bank.Storage.Reset();
        var second = (await bank.Get<ListOperations>().RunAsync(Arta, filter, new PageRequest(50, first.Next), CancellationToken.None)).Value!;

        Assert.Equal((50, 50, 1), (first.Items.Count, second.Items.Count, bank.Storage.Calls.Count));
    }

    [Fact]
    public async Task A_period_of_long_ago_is_found_without_reading_what_came_after()
    {
        await using var bank = await StartAsync();
        var account = await bank.OpenAccountAsync(Arta.Value, "0.00");
        for (var i = 0; i < 6000; i++)
        {
            bank.Clock.Advance(TimeSpan.FromMinutes(i < 3000 ? 10 : 60));
            await DepositAsync(bank, account, 100, $"{i}");
        }

        var day = bank.Now.InZone(BankTime.Tirane).Date.PlusDays(-130);
        var filter = new OperationFilter { Accounts = [account], From = day, To = day };
        bank.Storage.Reset();
        var page = (await bank.Get<ListOperations>().RunAsync(Arta, filter, new PageRequest(50, null), CancellationToken.None)).Value!;
        var calls = bank.Storage.Calls.Count;

        Assert.Equal(50, page.Items.Count);
        Assert.All(page.Items, operation => Assert.Equal(day, operation.At.InZone(BankTime.Tirane).Date));
        Assert.InRange(calls, 2, 20);
    }

    [Fact]
    public async Task A_narrow_search_answers_after_so_many_entries_with_a_cursor_instead_of_reading_all()
    {
        await using var bank = await StartAsync();
        var account = await bank.OpenAccountAsync(Arta.Value, "0.00");
        for (var i = 0; i < 6000; i++)
            await DepositAsync(bank, account, 100, i == 0 ? "E para" : "Derdhje");
        var filter = new OperationFilter { Text = "e para" };
        bank.Storage.Reset();

        var page = (await bank.Get<ListOperations>().RunAsync(Arta, filter, new PageRequest(50, null), CancellationToken.None)).Value!;

        Assert.Empty(page.Items);
        Assert.NotNull(page.Next);
        Assert.InRange(bank.Storage.Calls.Count, 2, 8);
        Assert.Equal("E para", (await bank.Get<ListOperations>().RunAsync(Arta, filter, new PageRequest(50, page.Next), CancellationToken.None)).Value!.Items.Single().Description);
    }

    [Fact]
    public async Task Twenty_four_months_are_shown_and_older_ones_are_not()
    {
        await using var bank = await StartAsync();
        var account = await bank.OpenAccountAsync(Arta.Value, "0.00");
        foreach (var months in new[] { 25, 23, 0 })
        {
            await DepositAsync(bank, account, 100, $"{months}");
            bank.Clock.Advance(TimeSpan.FromDays(months == 25 ? 62 : months == 23 ? 23 * 30.4 : 0));
        }

        Assert.Equal(["0", "23"], (await PagesAsync(bank, OperationFilter.Everything, 1)).Select(entry => entry.Description));
    }

    private static Task<TestBank> StartAsync() => TestBank.StartInMemoryAsync(services => services.AddReceipts().AddDocuments().AddHistory());

    private static async Task DepositAsync(TestBank bank, AccountId account, long minor, string description)
    {
        var currency = (await bank.Get<ReadBook>().RunAsync(account, CancellationToken.None))!.Currency;
        var posted = await bank.Get<DepositCash>().RunAsync(
            new CashDeposit(Guid.NewGuid().ToString("N"), account, Money.OfMinor(minor, currency), description), CancellationToken.None);
        Assert.True(posted.IsSuccess);
    }

    private static async Task<IReadOnlyList<Line>> EverythingAsync(TestBank bank, AccountId account)
    {
        var lines = new List<Line>();
        await foreach (var entry in bank.Get<ScanEntries>().OldestFirstAsync(account, 1, 1000, 1000, CancellationToken.None))
            lines.Add(Line.Of(Operation.Of(account, entry)));
        return lines;
    }

    private static async Task<List<Line>> PagesAsync(TestBank bank, OperationFilter filter, int limit)
    {
        var (found, next) = (new List<Line>(), (string?)null);
        do
        {
            var page = await bank.Get<ListOperations>().RunAsync(Arta, filter, new PageRequest(limit, next), CancellationToken.None);
            Assert.True(page.IsSuccess, page.IsSuccess ? "" : $"{page.Error}");
            Assert.InRange(page.Value.Items.Count, 0, limit);
            found.AddRange(page.Value.Items.Select(Line.Of));
            next = page.Value.Next;
        }
        while (next is not null);
        return found;
    }

    private static OperationFilter AnyFilter(Random random, LocalDate today, AccountId[] accounts)
    {
        var from = random.Next(3) == 0 ? (LocalDate?)null : today.PlusDays(-random.Next(0, 700));
        var to = from is null ? null : random.Next(2) == 0 && from > today.PlusDays(-360) ? null : (LocalDate?)from.Value.PlusDays(random.Next(0, 300));
        return new OperationFilter
        {
            Accounts = random.Next(2) == 0 ? [] : [accounts[random.Next(3)]],
            Text = random.Next(3) == 0 ? "çela" : null,
            From = from,
            To = to,
            Min = random.Next(4) == 0 ? 10m : null,
            Max = random.Next(4) == 0 ? 40m : null,
            Kind = random.Next(6) == 0 ? OperationKind.Incoming : null,
            Currency = random.Next(6) == 0 ? Currency.Eur : null,
            Sort = Enum.GetValues<OperationSort>()[random.Next(4)],
        };
    }

    private static bool Passes(Line line, OperationFilter filter, Instant now)
    {
        var (day, today) = (line.At.InZone(BankTime.Tirane).Date, now.InZone(BankTime.Tirane).Date);
        var first = filter.From ?? today.PlusMonths(filter.Sort is OperationSort.AmountHighestFirst or OperationSort.AmountLowestFirst ? -12 : -24);
        return day >= first && (filter.To is null || day <= filter.To)
            && (filter.Accounts.Count == 0 || filter.Accounts.Contains(line.Account))
            && (filter.Text is null || line.Description.Contains("ÇELA", StringComparison.Ordinal))
            && (filter.Min is null || line.Minor >= filter.Min * 100) && (filter.Max is null || line.Minor <= filter.Max * 100)
            && (filter.Currency is null || line.Currency == filter.Currency.Code);
    }

    private static IEnumerable<Line> Sorted(IEnumerable<Line> lines, OperationSort sort) => sort switch
    {
        OperationSort.DateOldestFirst => lines.OrderBy(line => line.At).ThenBy(line => line.Id, StringComparer.Ordinal),
        OperationSort.AmountHighestFirst => lines.OrderByDescending(line => line.Minor).ThenByDescending(line => line.At).ThenByDescending(line => line.Id, StringComparer.Ordinal),
        OperationSort.AmountLowestFirst => lines.OrderBy(line => line.Minor).ThenByDescending(line => line.At).ThenByDescending(line => line.Id, StringComparer.Ordinal),
        _ => lines.OrderByDescending(line => line.At).ThenByDescending(line => line.Id, StringComparer.Ordinal),
    };

    private sealed record Line(string Id, AccountId Account, Instant At, long Minor, string Currency, string Description)
    {
        public static Line Of(Operation it) => new(it.Id.Value, it.Account, it.At, it.Amount.Minor, it.Amount.Currency.Code, it.Description);
    }
}
