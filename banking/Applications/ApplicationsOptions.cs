using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Applications;

/// <summary>Settings section <c>Applications</c>: how long what is waited for, what is offered, and how the score decides.</summary>
public sealed class ApplicationsOptions : IValidatableObject
{
    /// <summary>Where the cards desk is written to.</summary>
    [Required, EmailAddress]
    public string CardsDesk { get; set; } = "kartat@example.com";

    /// <summary>By the four digits that stand for a branch in an IBAN: its name. The app fills it in.</summary>
    public IDictionary<string, string> Branches { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Drafts end after so many days (PROD-31), and so on.</summary>
    [Range(1, 365)]
    public int DraftDays { get; set; } = 30;

    [Range(1, 365)]
    public int ReviewDays { get; set; } = 30;

    /// <summary>Also of an approved card whose contract nobody reads.</summary>
    [Range(1, 365)]
    public int OfferDays { get; set; } = 15;

    [Range(1, 365)]
    public int IdentificationDays { get; set; } = 7;

    [Range(1, 365)]
    public int SignatureDays { get; set; } = 7;

    /// <summary>A card that is not ready after so many days is a matter for the desk.</summary>
    [Range(1, 90)]
    public int ProduceDays { get; set; } = 10;

    /// <summary>The customer is reminded of a card that lies at the branch for so many days.</summary>
    [Range(1, 90)]
    public int RemindCollectDays { get; set; } = 14;

    /// <summary>After so many days nobody waits for its collection any more; the desk is told.</summary>
    [Range(1, 365)]
    public int CollectDays { get; set; } = 90;

    /// <summary>Condition of a card (PROD-08).</summary>
    [Range(0, 120)]
    public int CardMinimumAge { get; set; } = 18;

    /// <summary>What was entered for an application that came to nothing is erased after so many days.</summary>
    [Range(1, 3650)]
    public int RetentionDays { get; set; } = 365;

    /// <summary>So many days before the end of a wait the customer is reminded, or half of it where that is shorter.</summary>
    [Range(1, 30)]
    public int RemindDaysBefore { get; set; } = 3;

    /// <summary>The desk is reminded of an application that nobody has decided for so many days.</summary>
    [Range(1, 30)]
    public int RemindDeskAfterDays { get; set; } = 2;

    /// <summary>When the credit registry is silent for so long, the desk decides without it.</summary>
    [Range(1, 240)]
    public int RegistryHours { get; set; } = 24;

    /// <summary>In the current job (PROD-22).</summary>
    [Range(0, 120)]
    public int MinimumMonthsInJob { get; set; } = 6;

    /// <summary>The most that can be asked for online (PROD-24), by ISO 4217 code in whole units; currencies without one have no overdraft.</summary>
    public IDictionary<string, long> OverdraftAtMost { get; } = new Dictionary<string, long>(StringComparer.Ordinal) { ["ALL"] = 300_000, ["EUR"] = 3_000, ["USD"] = 3_000 };

    /// <summary>Suggested limits are whole multiples of it, in units.</summary>
    public IDictionary<string, long> OverdraftStep { get; } = new Dictionary<string, long>(StringComparer.Ordinal) { ["ALL"] = 1_000 };

    /// <summary>A year's, in percent.</summary>
    [Range(0, 100)]
    public decimal OverdraftInterest { get; set; } = 12.5m;

    /// <summary>A score of so much and more approves by itself (PROD-30).</summary>
    [Range(1, 1001)]
    public int ApproveFrom { get; set; } = 700;

    /// <summary>A lower one declines by itself.</summary>
    [Range(0, 1000)]
    public int DeclineBelow { get; set; } = 350;

    /// <summary>How much of a limit counts as a month's instalment, in percent.</summary>
    [Range(0, 100)]
    public int LimitSharePercent { get; set; } = 5;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ApproveFrom > DeclineBelow
        ? []
        : [new ValidationResult("Applications:ApproveFrom must be above Applications:DeclineBelow.")];

    internal IReadOnlyList<Currency> OverdraftCurrencies => [.. OverdraftAtMost.Keys.Select(Currency.Of)];

    /// <summary>The most that can be asked for online, in each currency.</summary>
    public IEnumerable<Money> OverdraftMaximums => OverdraftAtMost.Select(most => Money.OfMinor(most.Value * OverdraftLimits.UnitOf(Currency.Of(most.Key)), Currency.Of(most.Key)));
}
