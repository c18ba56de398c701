using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Newsletter;

/// <summary>Section <c>Newsletter</c>.</summary>
public sealed class NewsletterOptions
{
    /// <summary>How long the link that confirms an address is good.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan ConfirmWithin { get; set; } = TimeSpan.FromHours(48);

    /// <summary>Registrations from one network address in any hour.</summary>
    [Range(1, 100_000)]
    public int RegistrationsPerHour { get; set; } = 10;
}
