using System.Net;
using System.Net.Http.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Emulator.Hosting;

namespace Serverless.Emulator.Tests.Functions;

public sealed class TimerSample(Recorder recorder, TimeProvider clock)
{
    [Function("Daily")]
    public void Daily([TimerTrigger("%DailySchedule%")] TimerInfo timer) =>
        recorder.Note($"daily {clock.GetUtcNow():yyyy-MM-dd HH:mm} {timer.IsPastDue} {timer.ScheduleStatus is not null}");

    [Function("Sweep")]
    public void Sweep([TimerTrigger("0 */5 * * * *", UseMonitor = false)] TimerInfo timer) => recorder.Note($"sweep {timer.ScheduleStatus is not null}");
}

public sealed class FailingTimerSample(Recorder recorder)
{
    [Function("Failing")]
    [FixedDelayRetry(2, "00:00:00.010")]
    public void Failing([TimerTrigger("0 0 3 * * *")] TimerInfo timer, FunctionContext context)
    {
        recorder.Note($"try {context.RetryContext.RetryCount} of {context.RetryContext.MaxRetryCount}");
        throw new InvalidDataException("never");
    }
}

public sealed class StartupTimerSample(Recorder recorder)
{
    [Function("AtStart")]
    public void AtStart([TimerTrigger("0 0 3 1 1 *", RunOnStartup = true)] string timer) => recorder.Note(timer);
}

public sealed class SlowTimerSample(Recorder recorder)
{
    private static int running;

    [Function("Slow")]
    public async Task Slow([TimerTrigger("0 0 3 1 1 *")] string timer)
    {
        recorder.Note($"{Interlocked.Increment(ref running)} at once");
        await Task.Delay(50);
        Interlocked.Decrement(ref running);
    }
}

/// <summary>Rules of SEMANTICS 5 (timer), and the clock of this build.</summary>
public sealed class TimerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_month_of_a_daily_timer_runs_once_a_day_in_order_at_its_own_time()
    {
        var recorder = new Recorder();
        await using var host = await StartAsync(recorder);

        await host.AdvanceClockAsync(TimeSpan.FromDays(30));

        var daily = recorder.Notes.Where(note => note.StartsWith("daily", StringComparison.Ordinal)).ToList();
        Assert.Equal(Enumerable.Range(1, 30).Select(day => $"daily 2026-01-{day:00} 06:00 False True"), daily);
    }

    [Fact]
    public async Task A_dense_schedule_runs_once_for_each_day_that_the_clock_is_moved()
    {
        var recorder = new Recorder();
        await using var host = await StartAsync(recorder);

        await host.AdvanceClockAsync(TimeSpan.FromDays(3));

        Assert.Equal(3, recorder.Notes.Count(note => note.StartsWith("sweep", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_the_monitor_there_is_no_schedule_status()
    {
        var recorder = new Recorder();
        await using var host = await StartAsync(recorder);

        await host.AdvanceClockAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(["sweep False"], recorder.Notes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_missed_while_the_host_was_down_is_made_up_for_and_says_that_it_is_late(bool isKeptInStorage)
    {
        var recorder = new Recorder();
        var host = await StartAsync(recorder, isKeptInStorage: isKeptInStorage);
        await host.StopAsync();

        // The clock goes on without the host.
        host.Clock.MoveTo(host.Clock.GetUtcNow() + TimeSpan.FromHours(30));
        await using var again = await host.RestartAsync();

        Assert.Equal("daily 2026-01-02 06:00 True True", (await recorder.WhenCountAsync(1)).Single(note => note.StartsWith("daily", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task After_a_sleep_each_timer_that_fell_due_runs_once_and_late_and_then_goes_on_as_ever()
    {
        var recorder = new Recorder();
        await using var host = await StartAsync(recorder);

        await host.SleepUntilAsync(host.Clock.GetUtcNow() + TimeSpan.FromDays(300) + TimeSpan.FromHours(1));

        Assert.Equal(["daily 2026-10-28 01:00 True True", "sweep False"], recorder.Notes.Order(StringComparer.Ordinal));
        await host.AdvanceClockAsync(TimeSpan.FromHours(6));
        Assert.Equal("daily 2026-10-28 06:00 False True", recorder.Notes.Last(note => note.StartsWith("daily", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_hosts_one_at_a_time_runs_a_timer(bool isKeptInStorage)
    {
        var recorder = new Recorder();
        await using var one = await StartAsync(recorder, typeof(SlowTimerSample), isKeptInStorage);
        await using var other = await StartAsync(recorder, typeof(SlowTimerSample), isKeptInStorage, one.Prefix);

        await Task.WhenAll(one.FireTimerAsync("Slow"), other.FireTimerAsync("Slow"));

        Assert.Equal(["1 at once", "1 at once"], recorder.Notes);
    }

    [Fact]
    public async Task A_failed_run_is_retried_as_its_attribute_says()
    {
        var recorder = new Recorder();
        await using var host = await StartAsync(recorder, typeof(FailingTimerSample));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.FireTimerAsync("Failing"));

        Assert.IsType<InvalidDataException>(failure.InnerException);
        Assert.Equal(["try 0 of 2", "try 1 of 2", "try 2 of 2"], recorder.Notes);
    }

    [Fact]
    public async Task RunOnStartup_runs_at_start_and_a_text_parameter_gets_camel_case_json()
    {
        var recorder = new Recorder();
        await using var host = await StartAsync(recorder, typeof(StartupTimerSample));

        Assert.Contains("\"isPastDue\":false", Assert.Single(await recorder.WhenCountAsync(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_is_moved_over_http_and_answers_after_the_runs()
    {
        var recorder = new Recorder();
        await using var host = await StartAsync(recorder);

        var answer = await host.Client.PostAsJsonAsync("admin/clock", new { advance = "1.00:00:00" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"now\":\"2026-01-02T00:00:0", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2, recorder.Notes.Count);
        Assert.Contains("2026-01-02T00:00:0", await host.Client.GetStringAsync("admin/clock"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"now":"2020-01-01T00:00:00Z"}""")]
    [InlineData("""{"advance":"tomorrow"}""")]
    [InlineData("""{"advance":"900.00:00:00"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task A_move_that_cannot_be_is_refused(string body)
    {
        await using var host = await StartAsync(new Recorder());
        var answer = await host.Client.PostAsync("admin/clock", new StringContent(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_timer_can_be_fired_over_http()
    {
        var recorder = new Recorder();
        await using var host = await StartAsync(recorder);

        using var request = new HttpRequestMessage(HttpMethod.Post, "admin/functions/daily") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Prefer", "wait");
        Assert.Equal(HttpStatusCode.OK, (await host.Client.SendAsync(request)).StatusCode);
        Assert.Single(recorder.Notes);

        Assert.Equal(HttpStatusCode.Accepted, (await host.Client.PostAsJsonAsync("admin/functions/Daily", new { })).StatusCode);
        await recorder.WhenCountAsync(2);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.PostAsJsonAsync("admin/functions/Unknown", new { })).StatusCode);
    }

    [Theory]
    [InlineData("0 30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")] // Tirane skips 02:00 to 03:00: it runs when the gap is over
    [InlineData("0 30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")] // and passes that hour twice in October: the first counts
    [InlineData("0 0 6 * * *", "2026-07-01T00:00:00Z", "2026-07-01T04:00:00Z")]
    [InlineData("01:30:00", "2026-07-01T00:00:00Z", "2026-07-01T01:30:00Z")]
    public void The_next_occurrence_is_read_in_the_setting_WEBSITE_TIME_ZONE(string schedule, string after, string next)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Tirane");
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        Assert.Equal(DateTimeOffset.Parse(next, culture), TimerSchedule.Parse(schedule, zone, "F").Next(DateTimeOffset.Parse(after, culture)));
    }

    private static async Task<FunctionsTestHost> StartAsync(Recorder recorder, Type? sample = null, bool isKeptInStorage = true, string? prefix = null)
    {
        var azurite = await AzuriteServer.SharedAsync();
        return await FunctionsTestHost.StartAsync(
            builder => builder.Services.AddSingleton(recorder),
            [sample ?? typeof(TimerSample)],
            options =>
            {
                options.Storage = azurite.ConnectionString;
                options.Clock = new MovableClock(Start);
                options.KeepsTimersInStorage = isKeptInStorage;
                options.Prefix = prefix ?? options.Prefix;
                options.Settings["DailySchedule"] = "0 0 6 * * *";
            });
    }
}
