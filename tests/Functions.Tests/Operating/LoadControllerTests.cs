using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Serverless.Banking;
using Serverless.Functions.Http;
using Serverless.Functions.Load;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Operating;

public sealed class LoadControllerTests : IDisposable
{
    private readonly BankFigures figures = BankFigures.OfNone();
    private readonly HandClock clock = new();
    private readonly Backlogs backlogs;
    private readonly LoadController load;

    public LoadControllerTests()
    {
        backlogs = new Backlogs(clock);
        load = new LoadController(Options.Create(new LoadOptions()), backlogs, figures.Bank, clock, NullLogger<LoadController>.Instance);
    }

    [Fact]
    public void Storage_that_throttles_a_few_calls_says_nothing_a_tenth_makes_busy_and_most_of_them_overloaded()
    {
        Answers(good: 0, throttled: 9);
        Assert.Equal(LoadLevel.Calm, load.Level);
        Answers(good: 91, throttled: 0);
        Assert.Equal(LoadLevel.Calm, load.Level);
        Answers(good: 0, throttled: 2);
        Assert.Equal(LoadLevel.Busy, load.Level);
        Answers(good: 0, throttled: 150);
        Assert.Equal(LoadLevel.Overloaded, load.Level);
    }

    [Fact]
    public void A_level_is_left_step_by_step_and_only_when_it_is_calm_below_half_of_what_reached_it()
    {
        Answers(good: 0, throttled: 20);
        Assert.Equal(LoadLevel.Overloaded, load.Level);

        // Forty percent would not have reached it, and keep it.
        for (var second = 0; second < 30; second++)
        {
            Answers(good: 12, throttled: 8);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(LoadLevel.Overloaded, load.Level);
        for (var second = 0; second < 18; second++)
        {
            Answers(good: 85, throttled: 15);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(LoadLevel.Busy, load.Level);
        for (var second = 0; second < 19; second++)
        {
            Answers(good: 100, throttled: 0);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(LoadLevel.Calm, load.Level);
    }

    [Fact]
    public void Who_comes_back_after_a_long_calm_finds_the_doors_open()
    {
        Answers(good: 0, throttled: 20);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(load.Enter(Priority.Read));
    }

    [Fact]
    public void Too_many_requests_at_once_turn_away_reads_first_then_orders_and_never_what_is_vital()
    {
        Enter(199);
        Assert.Null(load.Enter(Priority.Vital));
        Assert.IsType<BankBusy>(load.Enter(Priority.Read));
        Assert.Null(load.Enter(Priority.Order));
        Enter(600);
        Assert.IsType<BankBusy>(load.Enter(Priority.Order));
        Assert.Null(load.Enter(Priority.Vital));
        Assert.IsType<BankBusy>(load.Enter(Priority.Order, isStopping: true));
        Assert.Equal(
            [
                "bank.requests.shed 1 bank.request.priority=order bank.shed.reason=overloaded",
                "bank.requests.shed 1 bank.request.priority=order bank.shed.reason=stopping",
                "bank.requests.shed 1 bank.request.priority=read bank.shed.reason=busy",
            ],
            figures.Observe());

        for (var i = 0; i < 780; i++)
            load.Leave();
        clock.Advance(TimeSpan.FromSeconds(21));
        Assert.Null(load.Enter(Priority.Read));
    }

    [Fact]
    public void A_sweeper_that_leaves_much_makes_reads_wait_until_it_leaves_less_or_nothing_is_heard_of_it()
    {
        backlogs.Report("journals", 600);
        backlogs.Report("outbox", 3);
        Assert.IsType<BankBusy>(load.Enter(Priority.Read));
        Assert.Null(load.Enter(Priority.Order));

        backlogs.Report("journals", 10);
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(load.Enter(Priority.Read));

        backlogs.Report("journals", 600);
        Assert.Equal(LoadLevel.Busy, load.Level);
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(LoadLevel.Calm, load.Level);
    }

    [Fact]
    public void Who_is_refused_is_not_asked_to_come_back_all_at_once()
    {
        backlogs.Report("journals", 600);
        var seconds = Enumerable.Range(0, 100).Select(_ => ((BankBusy)load.Enter(Priority.Read)!).RetryAfterSeconds).ToHashSet();
        Assert.True(seconds.Count > 3 && seconds.All(it => it is >= 5 and <= 10), string.Join(' ', seconds));
    }

    [Fact]
    public void Settings_that_would_refuse_orders_before_reads_stop_the_start() =>
        Assert.Single(new LoadOptions { BusyInFlight = 900 }.Validate(new System.ComponentModel.DataAnnotations.ValidationContext(new object())));

    public void Dispose() => figures.Dispose();

    private void Enter(int times)
    {
        for (var i = 0; i < times; i++)
            load.Enter(Priority.Vital);
    }

    private void Answers(int good, int throttled)
    {
        for (var i = 0; i < good; i++)
            load.StorageAnswered(isThrottled: false);
        for (var i = 0; i < throttled; i++)
            load.StorageAnswered(isThrottled: true);
    }
}
