using NodaTime;
using Serverless.Banking.Bills;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Tests.Bills;

public sealed class PaymentRulesTests
{
    public static TheoryData<Error> Failures =>
    [
        new InsufficientFunds(BillScene.All("1689.27")), new InvoiceAmountChanged(BillScene.All("1707.40")), new AccountNotUsable(AccountStatus.Blocked), new MinimumBalanceReached(BillScene.All("500.00")),
        new AccountCurrencyMismatch("EUR", "ALL"), new AccountNotFound(), new AccountBusy(), new BalanceTooLarge(), new JournalMismatch(),
        new InvoiceAlreadyPaid(), new InvoiceBeingPaid(), new InvoiceWithdrawn(), new InvoiceNotFound(), new PaymentInterrupted(),
    ];

    [Theory, MemberData(nameof(Failures))]
    public void What_a_payment_failed_with_is_stored_and_read_back_exactly(Error failure) =>
        Assert.Equal(failure, PaymentFailures.Restore(failure.Code, PaymentFailures.FactOf(failure)));

    [Theory, MemberData(nameof(Failures))]
    public void A_payment_is_stored_and_read_back_exactly(Error failure)
    {
        var at = Instant.FromUtc(2026, 3, 2, 9, 0) + Duration.FromTicks(1234567);
        var payment = new Payment(
            new PaymentId(Guid.NewGuid()), CustomerId.Of(BillScene.Arta), PaymentOrigin.Automatic(Guid.NewGuid()), BillScene.Oshee, BillScene.Number, "Test Test",
            BillScene.All("1707.40"), BillScene.All("0.60"), new AccountId(Guid.NewGuid()), Money.OfMinor(1757, Currency.Eur), 97.2034m, "Drita gusht", at,
            PaymentState.Failed, failure, true, "R-1", [new(PaymentState.Processing, at), new(PaymentState.Failed, at + Duration.FromTicks(3))]);

        var read = PaymentRow.From(payment, "hash", "p", "r").ToPayment();

        Assert.Equal(payment with { Timeline = read.Timeline }, read);
        Assert.Equal(payment.Timeline, read.Timeline);
    }

    [Fact]
    public void A_payment_only_moves_on_and_never_leaves_its_end()
    {
        var states = Enum.GetValues<PaymentState>();
        var moves = from a in states from b in states where a.CanBecome(b) select $"{a}-{b}";

        Assert.Equal(
            [
                "Processing-Pending", "Processing-Unresolved", "Processing-Paid", "Processing-Failed",
                "Pending-Unresolved", "Pending-Paid", "Pending-Failed", "Unresolved-Paid", "Unresolved-Failed",
            ],
            moves);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("Drita gusht 2018", true)]
    [InlineData("Çmimi i ujit për banesë", true)]
    [InlineData("Qira/maj", false)]
    [InlineData("a-b", false)]
    [InlineData("a\tb", false)]
    public void A_description_has_letters_digits_and_spaces(string? text, bool allowed) => Assert.Equal(allowed, PaymentDescription.IsAllowed(text));

    /// <summary>By hand: 1707.40 / 97.20 = 17.5658…</summary>
    [Theory]
    [InlineData(170740, 97.20, 1757)]
    [InlineData(9720, 97.20, 100)]
    [InlineData(1, 97.20, 1)]
    public void The_cost_in_another_currency_is_rounded_up(long all, decimal rate, long cents) =>
        Assert.Equal(Money.OfMinor(cents, Currency.Eur), ExchangeRates.Cost(Money.OfMinor(all, Currency.All), Currency.Eur, rate));

    [Fact]
    public void A_currency_without_decimals_costs_whole_units() =>
        Assert.Equal(Money.OfMinor(2668, Currency.Of("JPY")), ExchangeRates.Cost(BillScene.All("1707.40"), Currency.Of("JPY"), 0.64m));
}
