using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Serverless.Banking.Onboarding;

/// <summary>Section <c>Onboarding</c>. The numbers are those of ONB-27 to ONB-32.</summary>
public sealed class OnboardingOptions
{
    /// <summary>Where the compliance officers are written to.</summary>
    [Required, EmailAddress]
    public string Compliance { get; set; } = "pajtueshmeria@example.com";

    /// <summary>Life of an application token.</summary>
    [Range(5, 1440)]
    public int TokenMinutes { get; set; } = 120;

    [Range(16, 99)]
    public int AgeAtLeast { get; set; } = 18;

    /// <summary>Video sessions of one application.</summary>
    [Range(1, 100)]
    public int VideoSessions { get; set; } = 3;

    /// <summary>Video sessions of one person within 30 days, whatever the application.</summary>
    [Range(1, 100)]
    public int VideoSessionsOfPerson { get; set; } = 5;

    /// <summary>Working days after which a review is escalated.</summary>
    [Range(1, 30)]
    public int ReviewDays { get; set; } = 2;

    /// <summary>An application that is not finished within these days expires.</summary>
    [Range(1, 365)]
    public int Days { get; set; } = 30;

    /// <summary>The data of an application that made nobody a customer are erased so many days after its end.</summary>
    [Range(1, 3650)]
    public int EraseAfterDays { get; set; } = 90;

    /// <summary>Evidence and contracts of a customer are kept so many years after the relationship has ended.</summary>
    [Range(1, 30)]
    public int RetentionYears { get; set; } = 5;

    /// <summary>A sanctions list that could not be fetched anew for so long is none: applicants wait.</summary>
    [Range(1, 168)]
    public int ListAtMostHours { get; set; } = 24;

    /// <summary>The list is fetched anew when it is older.</summary>
    [Range(1, 168)]
    public int ListRefreshHours { get; set; } = 6;

    /// <summary>After their opening, applicants who are waited for are reminded.</summary>
    internal static IReadOnlyList<Duration> Reminders { get; } = [Duration.FromHours(24), Duration.FromDays(7)];

    internal Duration Life => Duration.FromDays(Days);
}
