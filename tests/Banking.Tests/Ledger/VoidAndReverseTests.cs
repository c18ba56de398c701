using Serverless.Banking.Ledger;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

public sealed class VoidAndReverseTests
{
    [Fact]
    public async Task Voiding_comes_before_the_posting_or_not_at_all()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "10.00");
        var voids = bank.Get<VoidJournal>();
        var (early, late) = (Bill(arta, "1.00", "early"), Bill(arta, "2.00", "late"));

        Assert.Equal("ALL 9.00", await bank.PostAsync(early));
        Assert.Equal(VoidOutcome.AlreadyPosted, (await voids.RunAsync(early.Id, arta, CancellationToken.None)).Value);
        Assert.Equal(VoidOutcome.Voided, (await voids.RunAsync(late.Id, arta, CancellationToken.None)).Value);
        Assert.Equal(VoidOutcome.Voided, (await voids.RunAsync(late.Id, arta, CancellationToken.None)).Value);
        Assert.Equal("transaction_voided", await bank.PostAsync(late));

        Assert.Null(await bank.Get<FindJournal>().RunAsync(late.Id, arta, CancellationToken.None));
        Assert.Equal("ALL 9.00", (await bank.BalanceAsync(arta)).ToString());
        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact]
    public async Task A_void_and_a_post_at_the_same_moment_agree_on_who_won()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        for (var round = 0; round < 10; round++)
        {
            var before = await bank.BalanceAsync(arta);
            var journal = Bill(arta, "1.00");
            var post = bank.PostAsync(journal);
            var outcome = (await bank.Get<VoidJournal>().RunAsync(journal.Id, arta, CancellationToken.None)).Value;

            Assert.Equal(outcome == VoidOutcome.Voided ? "transaction_voided" : (before - All("1.00")).ToString(), await post);
        }

        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact]
    public async Task A_journal_that_credited_several_customers_is_not_reversed_at_once_and_nothing_is_claimed()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        var (besnik, drita) = (await bank.OpenAccountAsync("100000002", "0.00"), await bank.OpenAccountAsync("100000003", "0.00"));
        var shared = new Journal(
            Id("shared"), "transfer", [Leg.Debit(arta, All("30.00")), Leg.Credit(besnik, All("10.00")), Leg.Credit(drita, All("20.00"))], "Ndarje", Day, "");
        await bank.PostAsync(shared);

        var refused = await bank.Get<ReverseJournal>().RunAsync(shared.Id, arta, Id("back"), "Gabim", CancellationToken.None);

        Assert.Equal(new JournalNotReversible(2), refused.Error);
        Assert.Equal("ALL 70.00", (await bank.BalanceAsync(arta)).ToString());
        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact]
    public async Task A_reversal_gives_back_once_and_names_what_it_reversed()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "2000.00");
        var bill = Bill(arta, "1707.40");
        await bank.PostAsync(bill);
        var reverse = bank.Get<ReverseJournal>();

        var first = await reverse.RunAsync(bill.Id, arta, Id("back"), "Fatura u tërhoq", CancellationToken.None);
        var again = await reverse.RunAsync(bill.Id, arta, Id("back"), "Fatura u tërhoq", CancellationToken.None);
        var other = await reverse.RunAsync(bill.Id, arta, Id("back twice"), "Fatura u tërhoq", CancellationToken.None);
        var unknown = await reverse.RunAsync(Id("never"), arta, Id("back of never"), "x", CancellationToken.None);

        Assert.Equal(("bill_payment_reversal", "ALL 2000.00"), (first.Value!.Journal.Kind, first.Value.BalanceAfter!.ToString()));
        Assert.Equal(first.Value.PostedAt, again.Value!.PostedAt);
        Assert.Equal(new AlreadyReversed(Id("back")), other.Error);
        Assert.Equal("journal_not_found", unknown.Error!.Code);
        Assert.Equal("ALL 0.00", await bank.NetAsync(Oshee));
        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact]
    public async Task A_transfer_whose_creditor_spent_the_money_cannot_be_reversed_until_it_is_there_again()
    {
        await using var bank = await TestBank.StartAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "50.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        var transfer = Transfer(arta, besnik, "50.00");
        await bank.PostAsync(transfer);
        await bank.PostAsync(Bill(besnik, "30.00"));
        Task<Result<PostedJournal>> Reverse() => bank.Get<ReverseJournal>().RunAsync(transfer.Id, arta, Id("back"), "Gabim", CancellationToken.None);

        Assert.Equal(new InsufficientFunds(All("30.00")), (await Reverse()).Error);
        await bank.PostAsync(Deposit(besnik, "30.00"));
        Assert.True((await Reverse()).IsSuccess);

        Assert.Equal(("ALL 50.00", "ALL 0.00"), ((await bank.BalanceAsync(arta)).ToString(), (await bank.BalanceAsync(besnik)).ToString()));
        await bank.SettleAsync();
        await bank.ProveAsync();
    }
}
