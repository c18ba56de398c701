using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.PensionFunds;

/// <summary>Settings section <c>PensionFunds</c>.</summary>
public sealed class PensionFundsOptions
{
    /// <summary>Where those of the back office who follow applications are written to.</summary>
    [Required, EmailAddress]
    public string BackOffice { get; set; } = "pensionet@example.com";

    /// <summary>In years (LDP-29).</summary>
    [Range(0, 120)]
    public int WorkingAgeFrom { get; set; } = 16;

    /// <summary>State retirement age in years: from it on no fund is opened (LDP-29).</summary>
    [Range(1, 120)]
    public int RetirementAge { get; set; } = 65;

    /// <summary>In whole units of ALL (LDP-12, LDP-14, LDP-20).</summary>
    [Range(1, 1_000_000)]
    public long MinimumContribution { get; set; } = 1_000;

    /// <summary>Drafts end after so many days.</summary>
    [Range(1, 365)]
    public int DraftDays { get; set; } = 30;

    /// <summary>Of one customer, whose contract is not signed yet.</summary>
    [Range(1, 100)]
    public int OpenAtMost { get; set; } = 5;

    /// <summary>Within it the company contacts the customer; then the back office is told (LDP-15).</summary>
    [Range(1, 720)]
    public int ContactHours { get; set; } = 48;

    /// <summary>A contract that nobody has signed for so many days after the confirmation comes to nothing.</summary>
    [Range(3, 365)]
    public int SignDays { get; set; } = 30;

    /// <summary>So many days before that the customer is reminded.</summary>
    [Range(1, 30)]
    public int RemindDaysBefore { get; set; } = 5;

    /// <summary>What came to nothing is erased after so many days.</summary>
    [Range(1, 3650)]
    public int RetentionDays { get; set; } = 365;

    internal Money Minimum => Money.OfMinor(MinimumContribution * 100, Currency.All);
}
