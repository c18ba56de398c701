using System.ComponentModel.DataAnnotations;

namespace Serverless.Functions.Load;

/// <summary>From when on an instance of the app has too much to do. Busy refuses reads; overloaded refuses orders too.</summary>
/// <remarks>It is calm again below half of what made it busy. See docs/adr/0031-operation.md.</remarks>
public sealed class LoadOptions : IValidatableObject
{
    /// <summary>So far back storage's answers count.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Fewer throttled answers than this in the window say nothing.</summary>
    [Range(1, 100_000)]
    public int ThrottledAtLeast { get; set; } = 10;

    /// <summary>Busy from this share of storage's answers on being "server busy" or none at all.</summary>
    [Range(1, 100)]
    public int BusyThrottledPercent { get; set; } = 10;

    /// <summary>Overloaded from this share on.</summary>
    [Range(1, 100)]
    public int OverloadedThrottledPercent { get; set; } = 60;

    /// <summary>Busy from so many requests at once on.</summary>
    [Range(1, 1_000_000)]
    public int BusyInFlight { get; set; } = 200;

    /// <summary>Overloaded from so many on.</summary>
    [Range(1, 1_000_000)]
    public int OverloadedInFlight { get; set; } = 800;

    /// <summary>Busy when a sweeper leaves so much undone.</summary>
    [Range(1, 10_000_000)]
    public int BusyBacklog { get; set; } = 500;

    /// <summary>Overloaded when it leaves so much.</summary>
    [Range(1, 10_000_000)]
    public int OverloadedBacklog { get; set; } = 20_000;

    /// <summary>What a sweeper said longer ago counts no more.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan BacklogCountsFor { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>So long it has to be calm before a level is left.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CalmFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Who is refused is asked to come back after so many seconds, or up to twice as many.</summary>
    [Range(1, 600)]
    public int RetryAfterSeconds { get; set; } = 5;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BusyThrottledPercent >= OverloadedThrottledPercent || BusyInFlight >= OverloadedInFlight || BusyBacklog >= OverloadedBacklog)
            yield return new ValidationResult("In section Load, each Busy setting must be below its Overloaded one.", [nameof(BusyInFlight)]);
    }
}
