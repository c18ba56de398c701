using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Fx;

public sealed class ExchangeCrashTests
{
    internal static readonly CustomerId Arta = CustomerId.Of("100000001");

    [Fact]
    [ProvesCrashSafety(typeof(ConfirmExchange))]
    public async Task An_exchange_killed_anywhere_has_moved_both_currencies_or_none() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId From, AccountId To, string Quote)>(
            async bank =>
            {
                await PublishAsync(bank);
                var (from, to) = (await bank.OpenAccountAsync(Arta.Value, "10000.00"), await bank.OpenAccountAsync(Arta.Value, "0.00 EUR"));
                var quote = await bank.Get<QuoteExchange>().RunAsync(
                    new ExchangeWish(Arta, FxOperation.Buy, from, to, Money.OfMinor(100_00, Currency.Eur), null), CancellationToken.None);
                return (from, to, quote.Value!.Text);
            },
            (bank, scene) => bank.Get<ConfirmExchange>().RunAsync(
                new ExchangeConfirmation(Arta, IdempotencyKey.Of("one"), "hash", scene.Quote), CancellationToken.None),
            async (bank, scene) => ((await bank.BalanceAsync(scene.From)).Minor, (await bank.BalanceAsync(scene.To)).Minor) switch
            {
                (10000_00, 0) => 0,
                (110_00, 100_00) => 1,
                _ => -1,
            })
        { Services = Services }), 4, 25);

    /// <summary>Both sides of every exchange at rates and amounts of any size: never in the customer's favour, never more than a minor unit off.</summary>
    [Theory]
    [InlineData(FxOperation.Buy, 1, "98.90"), InlineData(FxOperation.Buy, 999_999_999_99, "98.90"), InlineData(FxOperation.Buy, 3333, "0.00000001")]
    [InlineData(FxOperation.Sell, 1, "97.20"), InlineData(FxOperation.Sell, 123_456_789_01, "97.20"), InlineData(FxOperation.Convert, 77, "1.204629")]
    public void The_entered_amount_is_exact_and_the_other_is_rounded_once_for_the_bank(FxOperation operation, long minor, string text)
    {
        var (amount, rate) = (Money.OfMinor(minor, Currency.Eur), decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
        var (debit, credit) = ExchangeMath.Price(operation, amount, Currency.All, rate)!.Value;
        var (entered, computed) = operation.BuysAmount() ? (credit, debit) : (debit, credit);
        Assert.Equal(amount, entered);
        var gain = operation.BuysAmount() ? computed.Minor - (minor * rate) : (minor * rate) - computed.Minor;
        Assert.InRange(gain, 0, 0.99999999m);
    }

    internal static async Task PublishAsync(TestBank bank) => _ = (await bank.Get<PublishBoard>().RunAsync(
        new BoardToPublish(IdempotencyKey.Of("board"), "board", null, [new BoardRate(Currency.Eur, 97.20m, 98.90m), new BoardRate(Currency.Of("USD"), 82.10m, 84.30m)]),
        AuditActor.Staff("dealer"), CancellationToken.None)).Value!;

    internal static void Services(IServiceCollection services)
    {
        services.AddCustomers().AddFx().AddNotifications();
        WorkMessages.AddTo(services);

        // The harness's sweeps take minutes.
        services.Configure<QuotesOptions>(options => (options.Key, options.Lifetime) = (Convert.ToBase64String(new byte[32]), TimeSpan.FromHours(1)));
        services.AddOptions<PartnersOptions>();
    }
}
