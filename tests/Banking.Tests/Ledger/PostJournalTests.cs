using Serverless.Banking.Ledger;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

public sealed class PostJournalTests
{
    [Fact]
    public async Task A_bill_payment_moves_the_money_and_tells_the_balance_after_it()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "2000.00");

        Assert.Equal("ALL 292.60", await bank.PostAsync(Bill(arta, "1707.40")));

        Assert.Equal("ALL 292.60", (await bank.BalanceAsync(arta)).ToString());
        Assert.Equal("ALL 1707.40", await bank.NetAsync(Oshee));
        Assert.Equal("ALL -2000.00", await bank.NetAsync(BankAccount.Cash(Currency.All)));
        await bank.SettleAsync();
        var proof = await bank.ProveAsync();
        Assert.Equal((1, 4, 2, 0), (proof.Accounts, proof.Entries, proof.Journals, proof.OpenJournals));
        Assert.Equal("ALL 3707.40", Assert.Single(proof.Currencies).Credits.ToString());
    }

    [Fact]
    public async Task An_amount_its_fee_and_several_creditors_are_one_journal()
    {
        await using var bank = await TestBank.StartAsync();
        var (arta, besnik, drita) =
            (await bank.OpenAccountAsync("100000001", "100.00"), await bank.OpenAccountAsync("100000002", "0.00"), await bank.OpenAccountAsync("100000003", "0.00"));
        var fees = new BankAccount("fees/transfers", Currency.All);
        var journal = new Journal(
            Id("split"), "split",
            [
                Leg.Debit(arta, All("30.00")), Leg.Debit(arta, All("1.00")), Leg.Credit(besnik, All("20.00")), Leg.Credit(drita, All("10.00")),
                Leg.Credit(fees, All("0.60")), Leg.Credit(fees, All("0.40")),
            ],
            "Darka", Day, "");

        Assert.Equal("ALL 69.00", await bank.PostAsync(journal));
        Assert.Equal("ALL 69.00", await bank.PostAsync(journal));

        Assert.Equal(["69.00", "20.00", "10.00"], [
            (await bank.BalanceAsync(arta)).ToDecimalString(), (await bank.BalanceAsync(besnik)).ToDecimalString(), (await bank.BalanceAsync(drita)).ToDecimalString()]);
        Assert.Equal("ALL 1.00", await bank.NetAsync(fees));
        var entries = await bank.Get<ReadEntries>().RunAsync(arta, null, 10, CancellationToken.None);
        Assert.Equal(["3 ALL -1.00 ALL 69.00", "2 ALL -30.00 ALL 70.00", "1 ALL 100.00 ALL 100.00"], entries.Select(e => $"{e.Sequence} {e.Amount} {e.BalanceAfter}"));
        await bank.ProveAsync();
    }

    [Fact]
    public async Task Storage_calls_of_a_posting_are_exactly_these()
    {
        await using var bank = await TestBank.StartAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "2000.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        bank.Storage.Reset();

        // Heads in memory: the open journal, the deciding group, the rest at once; the removal comes after the answer.
        await bank.PostAsync(Bill(arta, "10.00"));
        Assert.Equal(["POST journals", "POST $batch", "POST ledger", "DELETE journals"], await bank.CallsAsync());
        await bank.PostAsync(Transfer(arta, besnik, "10.00"));
        Assert.Equal(["POST journals", "POST $batch", "POST $batch", "DELETE journals"], await bank.CallsAsync());
        await bank.PostAsync(Deposit(arta, "10.00"));
        Assert.Equal(["POST journals", "POST $batch", "POST ledger", "DELETE journals"], await bank.CallsAsync());

        // A balance is one call.
        await bank.BalanceAsync(arta);
        Assert.Equal(["GET ledger"], await bank.CallsAsync());

        // Nothing in memory: one more for each head, all at once.
        await using var cold = bank.Restarted();
        await cold.PostAsync(Transfer(arta, besnik, "10.00"));
        Assert.Equal(["GET ledger", "GET ledger", "POST journals", "POST $batch", "POST $batch", "DELETE journals"], await cold.CallsAsync());
        await using var coldToo = bank.Restarted();
        await coldToo.PostAsync(Bill(arta, "10.00"));
        Assert.Equal(["GET ledger", "POST journals", "POST $batch", "POST ledger", "DELETE journals"], await coldToo.CallsAsync());

        // A stale head costs the failed group and one read.
        await bank.PostAsync(Bill(arta, "10.00"));
        Assert.Equal(["POST journals", "POST $batch", "GET ledger", "POST $batch", "POST ledger", "DELETE journals"], await bank.CallsAsync());

        // A repeat finds the marker, and makes sure that the rest is written.
        var bill = Bill(arta, "10.00");
        await bank.PostAsync(bill);
        await bank.CallsAsync();
        await bank.PostAsync(bill);
        Assert.Equal(["POST journals", "POST $batch", "GET ledger", "POST ledger", "DELETE journals"], await bank.CallsAsync());

        // A refusal writes nothing: the head again, and whether it is a repeat.
        await bank.PostAsync(Bill(arta, "99999.00"));
        Assert.Equal(["GET ledger", "GET ledger"], await bank.CallsAsync());
    }

    [Fact]
    public async Task A_repeat_gives_the_first_answer_and_moves_nothing_even_on_the_next_day_with_the_account_emptied()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        var first = Bill(arta, "60.00", "key");

        Assert.Equal("ALL 40.00", await bank.PostAsync(first));
        Assert.Equal("ALL 40.00", await bank.PostAsync(first));
        Assert.Equal("ALL 0.00", await bank.PostAsync(Bill(arta, "40.00", "other")));
        Assert.Equal("ALL 40.00", await bank.PostAsync(Bill(arta, "60.00", "key", Day.PlusDays(1))));

        await bank.SettleAsync();
        Assert.Equal("ALL 100.00", await bank.NetAsync(Oshee));
        await bank.ProveAsync();
        var found = await bank.Get<FindJournal>().RunAsync(first.Id, arta, CancellationToken.None);
        Assert.Equal((Day, true), (found!.Journal.BookedOn, found.IsComplete));
    }

    [Fact]
    public async Task Refusals_come_in_their_documented_order_and_leave_nothing_behind()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "18.13");
        var euro = await bank.OpenAccountAsync("100000001", "5.00 EUR");
        var nobody = new AccountId(Guid.NewGuid());
        var closed = await bank.OpenAccountAsync("100000002", "0.00");
        await bank.Get<ChangeAccountStatus>().RunAsync(closed, AccountStatus.Closed, CancellationToken.None);

        var voided = Bill(arta, "1.00", "voided");
        Assert.Equal(VoidOutcome.Voided, (await bank.Get<VoidJournal>().RunAsync(voided.Id, arta, CancellationToken.None)).Value);
        Assert.Equal("transaction_voided", await bank.PostAsync(voided));
        Assert.Equal("transaction_voided", await bank.PostAsync(Bill(arta, "999.00", "voided")));

        Assert.Equal("ALL 17.13", await bank.PostAsync(Bill(arta, "1.00", "posted")));
        Assert.Equal("journal_mismatch", await bank.PostAsync(Bill(arta, "2.00", "posted")));
        Assert.Equal("journal_mismatch", await bank.PostAsync(Bill(arta, "999.00", "posted")));

        Assert.Equal("account_not_found", await bank.PostAsync(Bill(nobody, "1.00")));
        Assert.Equal("account_not_found", await bank.PostAsync(Transfer(arta, nobody, "999.00")));
        Assert.Equal("account_blocked", await bank.PostAsync(Transfer(arta, closed, "999.00")));
        Assert.Equal("account_currency_mismatch", await bank.PostAsync(Bill(euro, "1.00")));
        Assert.Equal("account_currency_mismatch", await bank.PostAsync(Transfer(arta, euro, "999.00")));
        Assert.Equal("insufficient_funds", await bank.PostAsync(Bill(arta, "17.14")));
        var missing = await bank.Get<PostJournal>().RunAsync(Bill(arta, "1707.40"), CancellationToken.None);
        Assert.Equal(new InsufficientFunds(All("1690.27")), missing.Error);
        Assert.Equal("ALL 0.00", await bank.PostAsync(Bill(arta, "17.13")));

        await bank.SettleAsync();
        var proof = await bank.ProveAsync();
        Assert.Equal(0, proof.OpenJournals);
        Assert.Equal("ALL 18.13", await bank.NetAsync(Oshee));
    }

    [Theory]
    [InlineData(AccountStatus.Active, true, true)]
    [InlineData(AccountStatus.Dormant, false, true)]
    [InlineData(AccountStatus.BlockedDebit, false, true)]
    [InlineData(AccountStatus.Blocked, false, false)]
    public async Task The_status_says_whether_an_account_is_debited_and_credited(AccountStatus status, bool debits, bool credits)
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "10.00");
        await bank.Get<ChangeAccountStatus>().RunAsync(arta, status, CancellationToken.None);

        Assert.Equal(debits ? "ALL 9.00" : "account_blocked", await bank.PostAsync(Bill(arta, "1.00")));
        Assert.Equal(credits ? debits ? "ALL 10.00" : "ALL 11.00" : "account_blocked", await bank.PostAsync(Deposit(arta, "1.00")));
    }

    [Fact]
    public async Task Another_process_changing_the_status_is_obeyed_although_this_one_remembers_the_old()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "10.00");
        await using var other = bank.Restarted();
        await other.Get<ChangeAccountStatus>().RunAsync(arta, AccountStatus.Blocked, CancellationToken.None);

        Assert.Equal("account_blocked", await bank.PostAsync(Bill(arta, "1.00")));

        await other.Get<ChangeAccountStatus>().RunAsync(arta, AccountStatus.Active, CancellationToken.None);
        Assert.Equal("ALL 9.00", await bank.PostAsync(Bill(arta, "1.00")));
        await bank.ProveAsync();
    }

    [Fact]
    public async Task Closing_needs_an_empty_account_and_is_for_ever()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "10.00");
        var change = bank.Get<ChangeAccountStatus>();

        Assert.Equal("account_not_empty", (await change.RunAsync(arta, AccountStatus.Closed, CancellationToken.None)).Error!.Code);
        await bank.PostAsync(Bill(arta, "10.00"));
        Assert.Equal(AccountStatus.Closed, (await change.RunAsync(arta, AccountStatus.Closed, CancellationToken.None)).Value!.Status);
        Assert.Equal("account_blocked", (await change.RunAsync(arta, AccountStatus.Active, CancellationToken.None)).Error!.Code);
        Assert.Equal("account_not_found", (await change.RunAsync(new AccountId(Guid.NewGuid()), AccountStatus.Blocked, CancellationToken.None)).Error!.Code);
    }

    [Fact]
    public async Task A_balance_never_overflows()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "0.00");
        var most = Money.OfMinor(long.MaxValue / 2, Currency.All);
        Journal Give(Money amount) => new(Id(""), "deposit", [Leg.Debit(BankAccount.Cash(Currency.All), amount), Leg.Credit(arta, amount)], "", Day, "");

        await bank.PostAsync(Give(most));

        Assert.Equal("balance_too_large", await bank.PostAsync(Give(Money.OfMinor(1, Currency.All))));
        Assert.Equal("balance_too_large", await bank.PostAsync(Give(Money.OfMinor(long.MaxValue, Currency.All))));
        Assert.Equal(most, await bank.BalanceAsync(arta));
        await bank.ProveAsync();
    }

    [Fact]
    public async Task A_journal_of_the_banks_own_accounts_alone_is_posted_once_too()
    {
        await using var bank = await TestBank.StartAsync();
        var correspondent = new BankAccount("correspondent/bkt", Currency.All);
        Journal Settle(string amount, int days) => new(
            Id("settle"), "settlement", [Leg.Debit(Oshee, All(amount)), Leg.Credit(correspondent, All(amount))], "", Day.PlusDays(days), "");

        Assert.Equal("", await bank.PostAsync(Settle("5.00", 0)));
        Assert.Equal("", await bank.PostAsync(Settle("5.00", 1)));
        Assert.Equal("journal_mismatch", await bank.PostAsync(Settle("6.00", 0)));

        await bank.SettleAsync();
        Assert.Equal("ALL 5.00", await bank.NetAsync(correspondent));
        Assert.Equal((0, 2, 1), await bank.ProveAsync() is var p ? (p.Accounts, p.Entries, p.Journals) : default);
    }

    [Fact]
    public async Task One_id_used_wrongly_for_two_debtors_still_leaves_provable_books()
    {
        await using var bank = await TestBank.StartAsync();
        var (arta, besnik, drita) =
            (await bank.OpenAccountAsync("100000001", "10.00"), await bank.OpenAccountAsync("100000002", "10.00"), await bank.OpenAccountAsync("100000003", "0.00"));

        await bank.PostAsync(Transfer(arta, drita, "1.00", "same"));
        await bank.PostAsync(Transfer(besnik, drita, "2.00", "same"));
        await bank.PostAsync(Bill(arta, "3.00", "same too"));
        await bank.PostAsync(Bill(besnik, "3.00", "same too"));

        Assert.Equal("ALL 3.00", (await bank.BalanceAsync(drita)).ToString());
        Assert.Equal("ALL 6.00", await bank.NetAsync(Oshee));
        await bank.SettleAsync();
        await bank.ProveAsync();
    }
}
