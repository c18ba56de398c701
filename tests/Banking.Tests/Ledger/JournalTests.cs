using FsCheck;
using FsCheck.Fluent;
using Serverless.Banking.Ledger;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

public sealed class JournalTests
{
    private static readonly AccountId Arta = new(Guid.Parse("11111111-1111-1111-1111-111111111111"));
    private static readonly AccountId Besnik = new(Guid.Parse("22222222-2222-2222-2222-222222222222"));

    [Fact]
    public void Legs_that_leave_something_over_in_any_currency_are_no_journal()
    {
        Refuses("The legs leave ALL -0.01 over.", Leg.Debit(Arta, All("10.00")), Leg.Credit(Oshee, All("9.99")));
        Refuses("The legs leave ALL -10.00 over.", Leg.Debit(Arta, All("10.00")), Leg.Credit(Besnik, Euro("10.00")));
        Refuses("A journal has 2 to 40 legs, not 1.", Leg.Debit(Arta, All("10.00")));
        Refuses("A leg needs an account.", Leg.Debit(default(AccountId), All("1.00")), Leg.Credit(Oshee, All("1.00")));
    }

    [Fact]
    public void Two_debited_customers_are_no_journal_because_one_guarded_step_decides() =>
        Refuses("Only one customer's account can be debited by a journal.",
            Leg.Debit(Arta, All("5.00")), Leg.Debit(Besnik, All("5.00")), Leg.Credit(Oshee, All("10.00")));

    [Fact]
    public void A_leg_moves_a_positive_amount_and_a_bank_account_takes_its_own_currency()
    {
        Assert.Throws<ArgumentException>(() => Leg.Debit(Arta, All("0.00")));
        Assert.Throws<ArgumentException>(() => Leg.Debit(Arta, All("-1.00")));
        Assert.Throws<ArgumentException>(() => Leg.Credit(Oshee, Euro("1.00")));
        Assert.Throws<ArgumentException>(() => new BankAccount("Settlement OSHEE", Currency.All));
        Assert.Throws<ArgumentException>(() => new BankAccount("settlement//oshee", Currency.All));
    }

    [Fact]
    public void An_exchange_has_four_legs_and_the_sold_side_decides()
    {
        var position = new BankAccount("fx/position", Currency.Eur);
        var exchange = new Journal(
            Id("fx"), "exchange",
            [
                Leg.Debit(Arta, Euro("10.00")), Leg.Credit(position, Euro("10.00")),
                Leg.Debit(new BankAccount("fx/position", Currency.All), All("984.56")), Leg.Credit(Besnik, All("984.56")),
            ],
            "Këmbim", Day, "");

        Assert.Equal(Arta, exchange.Decider);
    }

    [Fact]
    public void A_stored_journal_reads_back_and_hashes_alike_whatever_its_legs()
    {
        var legs = Gen.Choose(1, 100_000).SelectMany(minor => Gen.Elements("ALL", "EUR", "JPY", "KWD").SelectMany(code =>
            Gen.Elements(0, 1, 2).Select(kind => Pair(Money.OfMinor(minor, Currency.Of(code)), kind))));
        var journals = legs.NonEmptyListOf().Where(list => list.Count <= 10)
            .SelectMany(list => Gen.Elements("Fatura", "Qira për \"banesë\" ç ë", "").Select(text => new Journal(Id("x"), "k", [.. list.SelectMany(l => l)], text, Day, text)))
            .ToArbitrary();

        Prop.ForAll(journals, journal =>
        {
            var again = JournalText.Read(JournalText.Write(journal));
            return again.Legs.SequenceEqual(journal.Legs) && again.BookedOn == journal.BookedOn && again.Description == journal.Description
                && JournalText.ContentHash(again) == JournalText.ContentHash(journal);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_content_hash_tells_other_legs_and_not_another_day()
    {
        var first = JournalText.ContentHash(Bill(Arta, "10.00", "k"));

        Assert.Equal(first, JournalText.ContentHash(Bill(Arta, "10.00", "k", Day.PlusDays(1))));
        Assert.NotEqual(first, JournalText.ContentHash(Bill(Arta, "10.01", "k")));
        Assert.NotEqual(first, JournalText.ContentHash(Bill(Besnik, "10.00", "k")));
    }

    [Fact]
    public void Ids_derive_from_their_parts_and_from_where_the_parts_are_split()
    {
        Assert.Equal(TransactionId.Derive("bill", "100000001", "key"), TransactionId.Derive("bill", "100000001", "key"));
        Assert.NotEqual(TransactionId.Derive("bill", "1", "23"), TransactionId.Derive("bill", "12", "3"));
        Assert.Equal("c53690e22d7d82cc86a414a03a1c0bc7", TransactionId.Derive("bill", "100000001", "key").ToString());
    }

    private static IEnumerable<Leg> Pair(Money amount, int kind) => kind switch
    {
        0 => [Leg.Debit(Arta, amount), Leg.Credit(Besnik, amount)],
        1 => [Leg.Debit(Arta, amount), Leg.Credit(new BankAccount("fees", amount.Currency), amount)],
        _ => [Leg.Debit(new BankAccount("cash/main", amount.Currency), amount), Leg.Credit(Arta, amount)],
    };

    private static void Refuses(string message, params Leg[] legs) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new Journal(Id("x"), "k", legs, "", Day, "")).Message);
}
