using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

public sealed class HoldTests
{
    [Fact]
    public async Task A_hold_takes_from_what_is_available_and_not_from_the_balance()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");

        Assert.Equal("Held", await PlaceAsync(bank, arta, "60.00"));
        Assert.Equal("Held", await PlaceAsync(bank, arta, "60.00"));
        Assert.Equal("hold_mismatch", await PlaceAsync(bank, arta, "61.00"));
        Assert.Equal("insufficient_funds", await PlaceAsync(bank, arta, "40.01", "other"));
        Assert.Equal("insufficient_funds", await bank.PostAsync(Bill(arta, "40.01")));
        Assert.Equal("ALL 60.00", await bank.PostAsync(Bill(arta, "40.00")));

        Assert.Equal("ALL 60.00 of ALL 60.00 held", await HeldAsync(bank, arta));
        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact]
    public async Task A_journal_captures_a_hold_once_and_gives_back_what_it_does_not_take()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        await PlaceAsync(bank, arta, "90.00");

        Assert.Equal("ALL 30.00", await bank.PostAsync(Capture(arta, "70.00", "capture")));
        Assert.Equal("ALL 30.00", await bank.PostAsync(Capture(arta, "70.00", "capture")));
        Assert.Equal("hold_ended", await bank.PostAsync(Capture(arta, "1.00", "capture too")));
        Assert.Equal("hold_ended", await ReleaseAsync(bank, arta));
        Assert.Equal("Captured", await PlaceAsync(bank, arta, "90.00"));

        Assert.Equal("ALL 0.00 of ALL 30.00 held", await HeldAsync(bank, arta));
        await bank.SettleAsync();
        Assert.Equal(0, (await bank.ProveAsync()).OpenJournals);
    }

    [Fact]
    public async Task A_capture_of_more_than_was_held_needs_the_rest_available()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        await PlaceAsync(bank, arta, "50.00");
        await PlaceAsync(bank, arta, "30.00", "other");

        Assert.Equal("insufficient_funds", await bank.PostAsync(Capture(arta, "70.01", "more")));
        Assert.Equal("ALL 30.00", await bank.PostAsync(Capture(arta, "70.00", "most")));
        Assert.Equal("hold_not_found", await bank.PostAsync(Capture(arta, "1.00", "none", "never placed")));
        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact]
    public async Task A_released_hold_gives_back_and_a_hold_released_before_it_was_placed_never_holds()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        await PlaceAsync(bank, arta, "60.00");

        Assert.Equal("Released", await ReleaseAsync(bank, arta));
        Assert.Equal("Released", await ReleaseAsync(bank, arta));
        Assert.Equal("Released", await ReleaseAsync(bank, arta, "early"));
        Assert.Equal("hold_ended", await PlaceAsync(bank, arta, "60.00", "early"));

        Assert.Equal("ALL 0.00 of ALL 100.00 held", await HeldAsync(bank, arta));
        await bank.ProveAsync();
    }

    [Fact]
    public async Task Holds_run_out_at_their_time_and_captured_ones_are_left_alone()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        await PlaceAsync(bank, arta, "10.00");
        await PlaceAsync(bank, arta, "20.00", "captured");
        await bank.PostAsync(Capture(arta, "20.00", "capture", "captured"));
        var expire = bank.Get<ExpireHolds>();

        Assert.Equal(0, await expire.RunAsync(bank.Now, CancellationToken.None));
        bank.Clock.Advance(TimeSpan.FromHours(73));
        Assert.Equal(2, await expire.RunAsync(bank.Now, CancellationToken.None));
        Assert.Equal(0, await expire.RunAsync(bank.Now, CancellationToken.None));

        Assert.Equal("Expired", await PlaceAsync(bank, arta, "10.00"));
        Assert.Equal("ALL 0.00 of ALL 80.00 held", await HeldAsync(bank, arta));
        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact]
    public async Task A_capture_a_release_and_the_expiry_at_once_agree_on_one_end()
    {
        await using var bank = await TestBank.StartAsync();
        await using var other = bank.Restarted();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        for (var round = 0; round < 6; round++)
        {
            var (key, before) = ($"hold {round}", await bank.BalanceAsync(arta));
            await PlaceAsync(bank, arta, "10.00", key);
            var capture = bank.PostAsync(Capture(arta, "10.00", $"capture {round}", key));
            var release = ReleaseAsync(other, arta, key);

            Assert.True(
                (await capture, await release) is ("hold_ended", "Released") or (not "hold_ended", "hold_ended"), $"{await capture} and {await release}");
            var taken = (before - await bank.BalanceAsync(arta)).ToString();
            Assert.Equal(await release == "Released" ? "ALL 0.00" : "ALL 10.00", taken);
        }

        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact, ProvesCrashSafety(typeof(PlaceHold)), ProvesCrashSafety(typeof(PostJournal)), ProvesCrashSafety(typeof(ReleaseHold))]
    public async Task Placing_capturing_and_releasing_killed_at_any_storage_call_end_in_one_of_two_states()
    {
        Assert.Equal(4, await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: bank => bank.OpenAccountAsync("100000001", "100.00"),
            Act: (bank, arta) => PlaceAsync(bank, arta, "60.00", until: Instant.FromUtc(2026, 3, 5, 9, 0)),
            Check: async (bank, arta) => await HeldAsync(bank, arta) switch { "ALL 0.00 of ALL 100.00 held" => 0, "ALL 60.00 of ALL 100.00 held" => 1, _ => -1 })));

        Assert.Equal(5, await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: ArrangeHoldAsync,
            Act: (bank, arta) => bank.PostAsync(Capture(arta, "50.00", "capture")),
            Check: async (bank, arta) => await HeldAsync(bank, arta) switch { "ALL 60.00 of ALL 100.00 held" => 0, "ALL 0.00 of ALL 50.00 held" => 1, _ => -1 })));

        Assert.Equal(3, await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: ArrangeHoldAsync,
            Act: (bank, arta) => ReleaseAsync(bank, arta),
            Check: async (bank, arta) => await HeldAsync(bank, arta) switch { "ALL 60.00 of ALL 100.00 held" => 0, "ALL 0.00 of ALL 100.00 held" => 1, _ => -1 })));
    }

    [Fact, ProvesCrashSafety(typeof(ExpireHolds))]
    public async Task The_expiry_killed_at_any_storage_call_is_finished_by_the_next() =>
        Assert.Equal(LedgerKeys.Shards + 4, await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: async bank =>
            {
                var arta = await ArrangeHoldAsync(bank);
                bank.Clock.Advance(TimeSpan.FromHours(73));
                return arta;
            },
            Act: (bank, _) => bank.Get<ExpireHolds>().RunAsync(bank.Now, CancellationToken.None),
            Check: async (bank, arta) => await HeldAsync(bank, arta) switch { "ALL 60.00 of ALL 100.00 held" => 0, "ALL 0.00 of ALL 100.00 held" => 1, _ => -1 })));

    private static async Task<AccountId> ArrangeHoldAsync(TestBank bank)
    {
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        await PlaceAsync(bank, arta, "60.00");
        return arta;
    }

    private static async Task<string> PlaceAsync(TestBank bank, AccountId account, string amount, string key = "1", Instant? until = null) =>
        (await bank.Get<PlaceHold>().RunAsync(
            HoldId.Derive("cardless", key), account, All(amount), until ?? bank.Now + Duration.FromHours(72), "withdrawal", CancellationToken.None))
        .Match(hold => hold.State.ToString(), error => error.Code);

    private static async Task<string> ReleaseAsync(TestBank bank, AccountId account, string key = "1") =>
        (await bank.Get<ReleaseHold>().RunAsync(HoldId.Derive("cardless", key), account, Currency.All, CancellationToken.None))
        .Match(hold => hold.State.ToString(), error => error.Code);

    private static async Task<string> HeldAsync(TestBank bank, AccountId account)
    {
        var book = await bank.Get<ReadBook>().RunAsync(account, CancellationToken.None);
        return $"{book!.Held} of {book.Balance} held";
    }

    private static Journal Capture(AccountId account, string amount, string key, string hold = "1") => new(
        Id(key), "withdrawal", [Leg.Debit(account, All(amount)), Leg.Credit(BankAccount.Cash(Currency.All), All(amount))], "Tërheqje", Day, "",
        HoldId.Derive("cardless", hold));
}
