using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Transfers;

/// <summary>Section <c>Transfers</c>.</summary>
public sealed class TransfersOptions : IValidatableObject
{
    /// <summary>
    /// By kind (<c>inside</c>), more exactly by device (<c>inside-trusted</c>, <c>inside-untrusted</c>) or channel (<c>inside-web</c>); <c>default</c> for
    /// all. Each number is taken from the most exact rule that has it.
    /// </summary>
    public IDictionary<string, LimitRule> Limits { get; } = new Dictionary<string, LimitRule>(StringComparer.Ordinal)
    {
        ["default"] = new() { PerTransfer = 2_000_000, PerDay = 5_000_000, PerMonth = 20_000_000, PerHour = 60 },
        ["own"] = new() { PerTransfer = 100_000_000, PerDay = 300_000_000, PerMonth = 3_000_000_000 },
        ["inside-untrusted"] = new() { PerTransfer = 500_000, PerDay = 1_000_000, PerMonth = 5_000_000 },
        ["phone-untrusted"] = new() { PerTransfer = 100_000, PerDay = 300_000, PerMonth = 2_000_000 },
        ["national-untrusted"] = new() { PerTransfer = 500_000, PerDay = 1_000_000, PerMonth = 5_000_000 },
    };

    /// <summary>By kind; a kind without a rule is free.</summary>
    public IDictionary<string, FeeRule> Fees { get; } = new Dictionary<string, FeeRule>(StringComparer.Ordinal);

    /// <summary>Look-ups of each kind (customers, phone numbers, funds) that one customer may make in any hour (TRF-42).</summary>
    [Range(1, 100_000)]
    public int LookupsPerHour { get; set; } = 30;

    /// <summary>A transfer that was taken and is not done with after this long is looked after by the sweeper.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan SweepAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longer than any request lives (the platform ends one after 230 seconds): an older transfer without a debit will have none.</summary>
    [Range(typeof(TimeSpan), "00:04:00", "1.00:00:00")]
    public TimeSpan AbandonAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How far back the same payee, amount and description are warned of (EKL-30); zero never warns.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromHours(24);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Limits.Where(rule => !rule.Value.IsValid).Select(rule => new ValidationResult($"Transfers:Limits:{rule.Key}: limits are positive."))
            .Concat(Fees.Where(rule => !rule.Value.IsValid).Select(rule => new ValidationResult($"Transfers:Fees:{rule.Key}: known currencies, nothing negative, at most 100 %.")));
}

/// <summary>Amounts in whole ALL; another currency counts at the bank's buying rate. Null: said by a less exact rule, or unlimited.</summary>
public sealed record LimitRule
{
    public long? PerTransfer { get; set; }

    /// <summary>Of the bank's local day (Europe/Tirane).</summary>
    public long? PerDay { get; set; }

    /// <summary>Of the calendar month in Tirana.</summary>
    public long? PerMonth { get; set; }

    /// <summary>Transfers in any hour.</summary>
    public int? PerHour { get; set; }

    internal bool IsValid => PerTransfer is null or > 0 && PerDay is null or > 0 && PerMonth is null or > 0 && PerHour is null or > 0;
}

/// <summary>A flat part and a percentage, kept between a least and a most.</summary>
public sealed class FeeRule
{
    /// <summary>By ISO 4217 code of the account: <c>"30.00"</c>. A currency that is not named has no flat part.</summary>
    public IDictionary<string, decimal> Flat { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    public decimal Percent { get; set; }

    public IDictionary<string, decimal> Least { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    public IDictionary<string, decimal> Most { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    internal bool IsValid => Percent is >= 0 and <= 100
        && Flat.Concat(Least).Concat(Most).All(part => Currency.Find(part.Key) is not null && part.Value >= 0);
}
