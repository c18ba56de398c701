using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Complaints;

/// <summary>Section <c>Complaints</c>.</summary>
public sealed class ComplaintsOptions
{
    /// <summary>Business days within which a complaint is answered.</summary>
    [Range(1, 60)]
    public int TermDays { get; set; } = 10;

    /// <summary>New requests of one customer a day.</summary>
    [Range(1, 100)]
    public int MostPerDay { get; set; } = 5;

    /// <summary>Whom the bank writes to about an overdue complaint; none when empty.</summary>
    [EmailAddress]
    public string? EscalationEmail { get; set; }

    /// <summary>How long requests are kept.</summary>
    [Range(1, 20)]
    public int RetentionYears { get; set; } = 5;
}
