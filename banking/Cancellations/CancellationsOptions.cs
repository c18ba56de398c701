using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Cancellations;

/// <summary>Section <c>Cancellations</c>.</summary>
public sealed class CancellationsOptions
{
    /// <summary>Where requests are sent to, with the details of the payment as a PDF (EKL-18).</summary>
    [Required, EmailAddress]
    public string ContactCentre { get; set; } = "Qendra.kontaktuese@nlb-kos.com";

    /// <summary>The contact centre is reminded of a request that nobody has decided.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan RemindAfter { get; set; } = TimeSpan.FromDays(2);

    /// <summary>A request that nobody has decided is refused, so that the customer can turn elsewhere.</summary>
    [Range(typeof(TimeSpan), "00:02:00", "90.00:00:00")]
    public TimeSpan DecideWithin { get; set; } = TimeSpan.FromDays(10);

    /// <summary>How long the receiver of the money has to say whether he gives it back.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan ConsentWithin { get; set; } = TimeSpan.FromDays(5);

    /// <summary>How long the partner has to answer a recall, and to send the money back.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan RecallWithin { get; set; } = TimeSpan.FromDays(15);
}
