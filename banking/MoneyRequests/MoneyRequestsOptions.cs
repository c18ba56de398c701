using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.MoneyRequests;

/// <summary>Settings section <c>MoneyRequests</c>.</summary>
public sealed class MoneyRequestsOptions
{
    /// <summary>Source: REQ-18; shares of splits count too.</summary>
    [Range(1, 1_000)]
    public int RequestsPerDay { get; set; } = 20;

    /// <summary>Source: REQ-18.</summary>
    [Range(1, 100)]
    public int OpenToOnePayer { get; set; } = 3;

    /// <summary>Source: REQ-16.</summary>
    [Range(1, 365)]
    public int ReminderAfterDays { get; set; } = 7;

    /// <summary>Source: REQ-16.</summary>
    [Range(1, 365)]
    public int ExpiryAfterDays { get; set; } = 30;
}
