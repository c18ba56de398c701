using Serverless.Banking.Ledger;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

public sealed class LimitTests
{
    [Fact]
    public async Task A_savings_account_keeps_its_minimum_and_says_how_much_can_be_debited()
    {
        await using var bank = await TestBank.StartAsync();
        var savings = await OpenSavingsAsync(bank, "1500.00");
        await bank.PostAsync(Deposit(savings, "2000.00"));

        var refused = await bank.Get<PostJournal>().RunAsync(Bill(savings, "500.01"), CancellationToken.None);
        Assert.Equal(new MinimumBalanceReached(All("500.00")), refused.Error);
        Assert.Equal("insufficient_funds", await bank.PostAsync(Bill(savings, "2000.01")));
        Assert.Equal("minimum_balance", (await HoldAsync(bank, savings, "500.01")).Error!.Code);
        Assert.Equal(All("500.00"), (await BookAsync(bank, savings)).HighestDebit);

        Assert.True((await HoldAsync(bank, savings, "200.00")).IsSuccess);
        Assert.Equal("minimum_balance", await bank.PostAsync(Bill(savings, "300.01")));
        Assert.Equal("ALL 1700.00", await bank.PostAsync(Bill(savings, "300.00")));
        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact]
    public async Task A_minimum_set_to_zero_lets_the_rest_be_paid_out_before_the_account_is_closed()
    {
        await using var bank = await TestBank.StartAsync();
        var savings = await OpenSavingsAsync(bank, "1500.00");
        await bank.PostAsync(Deposit(savings, "1000.00"));

        Assert.Equal(new MinimumBalanceReached(All("0.00")), (await bank.Get<PostJournal>().RunAsync(Bill(savings, "0.01"), CancellationToken.None)).Error);
        Assert.True((await bank.Get<SetMinimumBalance>().RunAsync(savings, All("0.00"), CancellationToken.None)).IsSuccess);
        Assert.Equal("ALL 0.00", await bank.PostAsync(Bill(savings, "1000.00")));
    }

    [Fact]
    public async Task An_overdraft_is_available_until_it_is_used_and_is_not_taken_back_while_it_is()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        var set = bank.Get<SetOverdraftLimit>();

        Assert.Equal(All("600.00"), (await set.RunAsync(arta, All("500.00"), CancellationToken.None)).Value!.Available);
        Assert.Equal("ALL -400.00", await bank.PostAsync(Bill(arta, "500.00")));
        Assert.Equal(new InsufficientFunds(All("0.01")), (await bank.Get<PostJournal>().RunAsync(Bill(arta, "100.01"), CancellationToken.None)).Error);
        Assert.Equal(new OverdraftInUse(All("400.00")), (await set.RunAsync(arta, All("399.99"), CancellationToken.None)).Error);
        Assert.Equal(All("0.00"), (await set.RunAsync(arta, All("400.00"), CancellationToken.None)).Value!.Available);
        Assert.Equal("ALL -390.00", await bank.PostAsync(Deposit(arta, "10.00")));

        Assert.Equal("overdraft_not_offered", (await set.RunAsync(await OpenSavingsAsync(bank, "0.00"), All("1.00"), CancellationToken.None)).Error!.Code);
        Assert.Equal("account_currency_mismatch", (await set.RunAsync(arta, Euro("1.00"), CancellationToken.None)).Error!.Code);
        Assert.Equal("balance_too_large", (await set.RunAsync(arta, Money.OfMinor(long.MaxValue, Currency.All), CancellationToken.None)).Error!.Code);
        await Assert.ThrowsAsync<ArgumentException>(() => set.RunAsync(arta, All("-1.00"), CancellationToken.None));
        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact]
    public async Task Each_side_of_a_transfer_reads_who_the_other_was_and_a_repeat_with_another_wording_is_still_the_same()
    {
        await using var bank = await TestBank.StartAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "10.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        Journal Named(string payee) => new(
            Id("named"), "transfer",
            [Leg.Debit(arta, All("4.00"), new Party(payee, "AL1")), Leg.Credit(besnik, All("4.00"), new Party("Arta Ç", null))], "Qira", Day, "t");

        Assert.Equal("ALL 6.00", await bank.PostAsync(Named("Besnik")));
        Assert.Equal("ALL 6.00", await bank.PostAsync(Named("Besnik Hoxha")));

        Assert.Equal(new Party("Besnik", "AL1"), (await bank.Get<ReadEntries>().RunAsync(arta, null, 1, CancellationToken.None))[0].Counterparty);
        Assert.Equal(new Party("Arta Ç", null), (await bank.Get<ReadEntries>().RunAsync(besnik, null, 1, CancellationToken.None))[0].Counterparty);
        var legs = (await bank.Get<FindJournal>().RunAsync(Id("named"), arta, CancellationToken.None))!.Journal.Legs;
        Assert.Equal([new Party("Besnik", "AL1"), new Party("Arta Ç", null)], legs.Select(leg => leg.Counterparty));
        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact]
    public void A_party_is_somebody_and_no_log_line_says_who()
    {
        Assert.Throws<ArgumentException>(() => new Party(null, ""));
        Assert.Throws<ArgumentException>(() => new Party(new string('a', 141), null));
        Assert.Throws<ArgumentException>(() => new Party("Arta", new string('1', 35)));
        Assert.Equal("Party", new Party("Arta", "AL1").ToString());
    }

    private static async Task<AccountId> OpenSavingsAsync(TestBank bank, string minimum) => (await bank.Get<OpenBook>().RunAsync(
        new NewAccountBook(
            new AccountId(Guid.NewGuid()), CustomerId.Of("100000001"), Currency.All, "AL47212110090000000235698741", "Kursime", false,
            AccountType.Savings, All(minimum)),
        CancellationToken.None)).Id;

    private static async Task<AccountBook> BookAsync(TestBank bank, AccountId account) => (await bank.Get<ReadBook>().RunAsync(account, CancellationToken.None))!;

    private static Task<Result<Hold>> HoldAsync(TestBank bank, AccountId account, string amount) => bank.Get<PlaceHold>().RunAsync(
        new HoldId(Guid.NewGuid()), account, All(amount), bank.Now + NodaTime.Duration.FromHours(1), "test", CancellationToken.None);
}
