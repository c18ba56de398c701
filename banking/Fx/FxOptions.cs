using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Serverless.Banking.Fx;

/// <summary>Settings section <c>Fx</c>: how the treasury works. Rates themselves are boards; <see cref="ExchangeRatesOptions"/> has those of before the first one.</summary>
public sealed class FxOptions : IValidatableObject
{
    /// <summary>Where the treasury is written to.</summary>
    [Required, EmailAddress]
    public string Treasury { get; set; } = "thesari@example.com";

    /// <summary>By ISO 4217 code: what an imported board puts on either side of the feed's rate, in ALL. The currencies of an imported board.</summary>
    public IDictionary<string, decimal> Spreads { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>A feed of an older day is not imported. Five days bridge Easter, when the ECB publishes nothing from Friday to Monday.</summary>
    [Range(0, 30)]
    public int FeedOldestDays { get; set; } = 5;

    /// <summary>A feed in which a currency has moved by more since the last board is left to people.</summary>
    [Range(1, 100)]
    public int FeedJumpPercent { get; set; } = 10;

    /// <summary>The least that a preferential rate is asked for (FX-10), in EUR.</summary>
    [Range(1, 100_000_000)]
    public int MinimumEuro { get; set; } = 10_000;

    /// <summary>How far the amount may change at completion (FX-15).</summary>
    [Range(0, 100)]
    public int IndividualTolerancePercent { get; set; } = 10;

    /// <inheritdoc cref="IndividualTolerancePercent"/>
    [Range(0, 100)]
    public int BusinessTolerancePercent { get; set; } = 20;

    /// <summary>How long a confirmed rate holds unless the desk says otherwise (FX-18).</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan RateHolds { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>So long before the end of a confirmed rate the customer is reminded.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "12:00:00")]
    public TimeSpan RemindCustomerBefore { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The treasury is reminded of a request that nobody has decided for so long.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan RemindTreasuryAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A preferential rate further from the current one is a slip of the desk's.</summary>
    [Range(1, 100)]
    public int RateBandPercent { get; set; } = 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Spreads.Where(spread => spread.Value < 0 || Currency.Find(spread.Key) is null || spread.Key == Currency.All.Code)
            .Select(spread => new ValidationResult($"Fx:Spreads:{spread.Key} needs a foreign currency and a spread that is not negative."));

    internal Money Minimum => Money.OfMinor(MinimumEuro * 100L, Currency.Eur);

    internal Duration Holds => Duration.FromTimeSpan(RateHolds);
}
