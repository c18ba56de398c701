using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Accounts;

public sealed class AccountTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    private static readonly CustomerId Besnik = CustomerId.Of("100000002");

    [Fact]
    public async Task A_new_account_has_an_iban_of_its_own_and_no_money()
    {
        await using var bank = await TestBank.StartAsync();
        var open = bank.Get<OpenAccount>();

        var first = (await open.RunAsync(new AccountOpening("k1", Arta, Currency.All, "Kryesore", IsMain: true), CancellationToken.None)).Value!;
        var second = (await open.RunAsync(new AccountOpening("k2", Arta, Currency.Eur, "Kursime", IsMain: false), CancellationToken.None)).Value!;

        Assert.NotEqual(first.Iban, second.Iban);
        Assert.StartsWith("AL", first.Iban.Electronic, StringComparison.Ordinal);
        Assert.Equal(16, first.Number.Length);
        Assert.Equal(("ALL 0.00", "ALL 0.00", AccountStatus.Active), (first.Balance.ToString(), first.Available.ToString(), first.Status));
        var listed = await bank.Get<ListAccounts>().RunAsync(Arta, CancellationToken.None);
        Assert.Equal([first, second], listed);
        Assert.Empty(await bank.Get<ListAccounts>().RunAsync(Besnik, CancellationToken.None));
    }

    [Fact]
    public async Task Opening_with_the_same_key_gives_the_same_account_and_with_another_body_is_told()
    {
        await using var bank = await TestBank.StartAsync();
        var open = bank.Get<OpenAccount>();
        var opening = new AccountOpening("k1", Arta, Currency.All, "Kryesore", IsMain: true);

        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => open.RunAsync(opening, CancellationToken.None)));

        Assert.Single(opened.Select(account => account.Value!).Distinct());
        Assert.Equal("idempotency_key_reused", (await open.RunAsync(opening with { Currency = Currency.Eur }, CancellationToken.None)).Error!.Code);
        Assert.Single(await bank.Get<ListAccounts>().RunAsync(Arta, CancellationToken.None));
    }

    [Fact]
    public async Task A_customer_has_one_main_account()
    {
        await using var bank = await TestBank.StartAsync();
        var open = bank.Get<OpenAccount>();
        var main = (await open.RunAsync(new AccountOpening("k1", Arta, Currency.All, "Kryesore", IsMain: true), CancellationToken.None)).Value!;

        var second = await open.RunAsync(new AccountOpening("k2", Arta, Currency.All, "Tjetra", IsMain: true), CancellationToken.None);

        Assert.Equal(new MainAccountExists(main.Id), second.Error);
        Assert.Equal(main.Id, Assert.Single(await bank.Get<ListAccounts>().RunAsync(Arta, CancellationToken.None)).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Emri i llogarisë është tepër i gjatë")]
    [InlineData("<b>Llogari</b>")]
    public async Task A_name_outside_the_rules_is_refused(string name)
    {
        await using var bank = await TestBank.StartAsync();

        var opened = await bank.Get<OpenAccount>().RunAsync(new AccountOpening("k", Arta, Currency.All, name, IsMain: false), CancellationToken.None);

        Assert.Equal(new InvalidAccountName("/name"), opened.Error);
    }

    [Fact]
    public async Task Somebody_elses_account_is_not_found()
    {
        await using var bank = await TestBank.StartAsync();
        var account = await bank.OpenAccountAsync(Arta.Value, "18.13");

        Assert.Equal("ALL 18.13", (await bank.Get<FindAccount>().RunAsync(Arta, account, CancellationToken.None)).Value!.Available.ToString());
        Assert.Equal("account_not_found", (await bank.Get<FindAccount>().RunAsync(Besnik, account, CancellationToken.None)).Error!.Code);
        Assert.Equal("account_not_found", (await bank.Get<FindAccount>().RunAsync(Arta, new AccountId(Guid.NewGuid()), CancellationToken.None)).Error!.Code);
        Assert.Equal("account_not_found", (await bank.Get<ListEntries>().RunAsync(Besnik, account, PageRequest.First, CancellationToken.None)).Error!.Code);
    }

    [Fact]
    public async Task Entries_page_newest_first_without_gaps_or_repeats_while_new_ones_come()
    {
        await using var bank = await TestBank.StartAsync();
        var account = await bank.OpenAccountAsync(Arta.Value, "1.00");
        for (var i = 2; i <= 7; i++)
        {
            await DepositAsync(bank, account, $"key {i}", $"{i}.00");
        }

        var (seen, after) = (new List<string>(), (string?)null);
        do
        {
            var page = (await bank.Get<ListEntries>().RunAsync(Arta, account, new PageRequest(3, after), CancellationToken.None)).Value!;
            seen.AddRange(page.Items.Select(entry => entry.Amount.ToDecimalString()));
            after = page.Next;
            await DepositAsync(bank, account, $"late {seen.Count}", "100.00");
        }
        while (after is not null);

        Assert.Equal(["7.00", "6.00", "5.00", "4.00", "3.00", "2.00", "1.00"], seen);
    }

    [Fact]
    public async Task A_repeated_deposit_is_booked_once_and_another_under_its_key_is_told()
    {
        await using var bank = await TestBank.StartAsync();
        var account = await bank.OpenAccountAsync(Arta.Value, "0.00");

        var first = await DepositAsync(bank, account, "key", "20.00");
        bank.Clock.Advance(TimeSpan.FromDays(1));
        var again = await DepositAsync(bank, account, "key", "20.00");
        var other = await DepositAsync(bank, account, "key", "21.00");

        Assert.Equal((first.Value!.PostedAt, first.Value.Journal.BookedOn), (again.Value!.PostedAt, again.Value.Journal.BookedOn));
        Assert.Equal("idempotency_key_reused", other.Error!.Code);
        Assert.Equal("ALL 20.00", (await bank.BalanceAsync(account)).ToString());
        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact]
    public async Task The_business_date_is_tiranes()
    {
        await using var bank = await TestBank.StartAsync();
        var account = await bank.OpenAccountAsync(Arta.Value, "0.00");

        // 23:30 UTC on 2 March is 00:30 on 3 March in Tirana.
        bank.Clock.Advance(TimeSpan.FromHours(14.5));

        Assert.Equal(new NodaTime.LocalDate(2026, 3, 3), (await DepositAsync(bank, account, "late", "1.00")).Value!.Journal.BookedOn);
    }

    private static Task<Result<PostedJournal>> DepositAsync(TestBank bank, AccountId account, string key, string amount) =>
        bank.Get<DepositCash>().RunAsync(new CashDeposit(key, account, Money.Find(amount, Currency.All)!, "Derdhje"), CancellationToken.None);
}
