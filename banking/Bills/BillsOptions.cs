using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Bills;

/// <summary>Settings section <c>Bills</c>.</summary>
public sealed class BillsOptions
{
    /// <summary>Companies of the catalogue that are switched off, by id.</summary>
    public ISet<string> InactiveCompanies { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How long a quote can be confirmed. Source: TRF-44 and PAY-49, five minutes for everything prepared in areas 12 to 16.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan QuoteLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A payment that began longer ago and is still open was killed: the sweeper takes it over. Above all time-outs of one payment together.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan SweepAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>A payment that was confirmed longer ago and not debited yet is ended instead of finished: the customer has not waited for it.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")]
    public TimeSpan AbandonAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How far back a payment of the same amount for the same client code is warned of (EKL-30); zero never warns.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a company is asked what became of a payment before staff have to find out.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan SettlementDeadline { get; set; } = TimeSpan.FromDays(3);
}
