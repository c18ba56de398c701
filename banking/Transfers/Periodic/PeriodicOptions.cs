using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Transfers;

/// <summary>Settings section <c>PeriodicTransfers</c>.</summary>
public sealed class PeriodicOptions
{
    /// <summary>Of the terms that a customer accepts with a standing transfer.</summary>
    [Required, MaxLength(20)]
    public string TermsVersion { get; set; } = "1";

    /// <summary>Active ones of one customer.</summary>
    [Range(1, 1_000)]
    public int ActiveAtMost { get; set; } = 100;
}
