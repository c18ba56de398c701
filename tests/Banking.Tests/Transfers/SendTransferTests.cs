using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;
using Serverless.Testing;
using static Serverless.Banking.Tests.Transfers.TransferScene;

namespace Serverless.Banking.Tests.Transfers;

public sealed class SendTransferTests
{
    [Fact]
    public async Task The_answer_takes_three_storage_calls_in_a_row_warm_and_four_cold()
    {
        var watch = new CallWatch();
        await using var bank = await TestBank.StartAsync(services =>
        {
            Services(services);
            watch.On(services);
        });
        var scene = await ArrangeAsync(bank);
        var second = await QuoteAsync(bank, scene.From, scene.To, 10_000);
        Assert.True((await ConfirmAsync(bank, await QuoteAsync(bank, scene.From, scene.To, 100), "compiled")).IsSuccess);
        await SettleAsync(bank);
        await using var cold = bank.Restarted();

        Assert.Equal(4, await watch.InARowAsync(() => ConfirmAsync(cold, scene.Quote)));
        await SettleAsync(cold);
        Assert.Equal(3, await watch.InARowAsync(() => ConfirmAsync(cold, second, "two")));
    }

    [Fact]
    public async Task Limits_count_by_kind_day_month_and_hour_and_name_what_remains()
    {
        await using var bank = await TestBank.StartAsync(services =>
        {
            Services(services);
            services.Configure<TransfersOptions>(options =>
            {
                options.Limits["inside"] = new LimitRule { PerTransfer = 600, PerDay = 1000, PerMonth = 1500, PerHour = 3 };
                options.Limits["inside-untrusted"] = new LimitRule { PerTransfer = 400 };
            });
        });
        var scene = await ArrangeAsync(bank);
        var first = await QuoteAsync(bank, scene.From, scene.To, 50_000);
        var second = await QuoteAsync(bank, scene.From, scene.To, 50_100);
        var limits = bank.Get<TransferLimits>();

        Assert.True((await ConfirmAsync(bank, first, "a")).IsSuccess);
        Assert.Equal(new TransferLimitExceeded("day", Money.OfMinor(50_000, Currency.All)), (await ConfirmAsync(bank, second, "b")).Error);
        Assert.True((await ConfirmAsync(bank, scene.Quote, "c")).IsSuccess);
        var book = await bank.Get<LimitBooks>().ReadAsync(Arta, CancellationToken.None);
        Error? Refusal(long minor, bool trusted = true) =>
            limits.Take(book, TransferKind.Inside, new OrderingDevice(trusted, "mobile"), Money.OfMinor(minor, Currency.All), bank.Now) is { IsSuccess: false, Error: var e } ? e : null;

        Assert.Equal(new TransferLimitExceeded("day", Money.OfMinor(0, Currency.All)), Refusal(1));
        bank.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(new TransferLimitExceeded("transfer", Money.OfMinor(60_000, Currency.All)), Refusal(60_001));
        Assert.Equal(new TransferLimitExceeded("transfer", Money.OfMinor(40_000, Currency.All)), Refusal(40_001, trusted: false));
        Assert.Equal(new TransferLimitExceeded("month", Money.OfMinor(50_000, Currency.All)), Refusal(50_001));
        bank.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Null(Refusal(60_000));
    }

    [Fact]
    public async Task An_account_blocked_after_the_look_ends_the_transfer_rejected_and_gives_the_limit_back()
    {
        await using var bank = await TestBank.StartAsync(Services);
        var scene = await ArrangeAsync(bank);
        await using var other = bank.Restarted();
        Assert.True((await ConfirmAsync(bank, await QuoteAsync(bank, scene.From, scene.To, 100), "warm")).IsSuccess);
        await SettleAsync(bank);

        // Another process takes the money: this one's remembered head lets the order through, and the debit is refused.
        var all = await other.Get<PostJournal>().RunAsync(
            new Journal(
                TransactionId.Derive("test", "all"), "cash_withdrawal",
                [Leg.Debit(scene.From, Money.OfMinor(199_900, Currency.All)), Leg.Credit(BankAccount.Cash(Currency.All), Money.OfMinor(199_900, Currency.All))],
                "", new NodaTime.LocalDate(2026, 3, 2), "test"),
            CancellationToken.None);
        Assert.True(all.IsSuccess);

        var refused = await ConfirmAsync(bank, scene.Quote);
        Assert.Equal(new InsufficientFunds(Money.OfMinor(50_000, Currency.All)), refused.Error);
        Assert.Equal(refused.Error, (await ConfirmAsync(bank, scene.Quote)).Error);
        var transfer = (await bank.Get<ListTransfers>().RunAsync(Arta, PageRequest.First, CancellationToken.None)).Items[0];
        Assert.Equal((TransferState.Rejected, refused.Error), (transfer.State, transfer.Failure));
        Assert.Equal(100, (await bank.Get<LimitBooks>().ReadAsync(Arta, CancellationToken.None)).Of(TransferKind.Inside, LimitMoment.Of(bank.Now)).InDay);
        Assert.Equal(0, await bank.Get<SweepTransfers>().RunAsync(CancellationToken.None));
        await bank.ProveAsync();
    }
}
