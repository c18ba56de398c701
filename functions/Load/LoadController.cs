using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serverless.Banking;
using Serverless.Banking.Telemetry;
using Serverless.Functions.Http;

namespace Serverless.Functions.Load;

/// <summary>Decides what this instance of the app still takes on, from what it sees itself: storage's answers, its own requests, its sweepers' backlog.</summary>
/// <remarks>
/// A level is reached at once and left step by step, each step after a time in which everything was below half of what reaches the level: without that
/// the lists that come back would bring the throttling back. Nothing here is shared between instances and nothing is stored.
/// </remarks>
public sealed partial class LoadController(IOptions<LoadOptions> options, Backlogs backlogs, BankMetrics metrics, TimeProvider time, ILogger<LoadController> log)
{
    private readonly LoadOptions options = options.Value;
    private readonly Lock gate = new();
    private readonly StorageAnswers answers = new(options.Value.Window);
    private LoadLevel level;
    private DateTimeOffset strainedAt;
    private int inFlight;

    public LoadLevel Level
    {
        get
        {
            lock (gate)
                return Look();
        }
    }

    /// <param name="isThrottled">It asked to come back later, or did not answer in time.</param>
    public void StorageAnswered(bool isThrottled)
    {
        lock (gate)
        {
            answers.Add(time.GetUtcNow(), isThrottled);
            if (isThrottled)
                Look();
        }
    }

    /// <summary>A request has come; <see cref="Leave"/> has to follow whatever becomes of it.</summary>
    /// <param name="isStopping">Then another instance has to do it, unless it is vital.</param>
    /// <returns>Null when it may go on.</returns>
    public Error? Enter(Priority priority, bool isStopping = false)
    {
        lock (gate)
        {
            inFlight++;
            return Look() switch
            {
                _ when isStopping && priority != Priority.Vital => Refusal(priority, "stopping"),
                LoadLevel.Busy when priority == Priority.Read => Refusal(priority, "busy"),
                LoadLevel.Overloaded when priority != Priority.Vital => Refusal(priority, "overloaded"),
                _ => null,
            };
        }
    }

    public void Leave()
    {
        lock (gate)
            inFlight--;
    }

    private BankBusy Refusal(Priority priority, string reason)
    {
        metrics.Shed(priority == Priority.Read ? "read" : "order", reason);
        return new(Random.Shared.Next(options.RetryAfterSeconds, (2 * options.RetryAfterSeconds) + 1));
    }

    private LoadLevel Look()
    {
        var now = time.GetUtcNow();
        var (all, throttled) = answers.Sum(now);
        var share = throttled >= options.ThrottledAtLeast ? throttled * 100 / all : 0;
        var backlog = backlogs.Largest(options.BacklogCountsFor);
        var reached = Reached(share, backlog, of: 1);
        if (reached > level)
            Change(reached, share, backlog);
        if (Reached(share, backlog, of: 2) >= level)
            strainedAt = now;
        else if ((int)((now - strainedAt) / options.CalmFor) is > 0 and var steps)
        {
            Change((LoadLevel)Math.Max((int)Reached(share, backlog, of: 2), (int)level - steps), share, backlog);
            strainedAt = now;
        }

        return level;
    }

    /// <param name="of">1 for what reaches a level, 2 for the half that keeps it.</param>
    private LoadLevel Reached(int share, int backlog, int of)
    {
        var isOverloaded = share * of >= options.OverloadedThrottledPercent || inFlight * of >= options.OverloadedInFlight || backlog * of >= options.OverloadedBacklog;
        var isBusy = share * of >= options.BusyThrottledPercent || inFlight * of >= options.BusyInFlight || backlog * of >= options.BusyBacklog;
        return isOverloaded ? LoadLevel.Overloaded : isBusy ? LoadLevel.Busy : LoadLevel.Calm;
    }

    private void Change(LoadLevel to, int share, int backlog)
    {
        if (to > level)
            LogSheds(to, share, inFlight, backlog);
        else if (to < level)
            LogRecovers(to);
        level = to;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bank sheds load: {Level}, storage throttles {Percent} percent, {InFlight} requests at once, {Backlog} left by a sweeper")]
    private partial void LogSheds(LoadLevel level, int percent, int inFlight, int backlog);

    [LoggerMessage(Level = LogLevel.Information, Message = "The load goes back: {Level}")]
    private partial void LogRecovers(LoadLevel level);
}
