using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Remittances;

/// <summary>Settings section <c>Remittances</c>.</summary>
public sealed class RemittancesOptions
{
    /// <summary>Of the terms that a customer accepts before a remittance is paid out.</summary>
    [Required]
    public string TermsVersion { get; set; } = "2026-01";

    /// <summary>Look-ups by PIN of one customer within an hour: a PIN must not be found by trying.</summary>
    [Range(1, 1000)]
    public int LookupsPerHour { get; set; } = 10;

    /// <summary>How long the remitter is asked before staff take over.</summary>
    public TimeSpan PayoutDeadline { get; set; } = TimeSpan.FromDays(3);
}
