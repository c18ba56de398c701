using System.ComponentModel.DataAnnotations;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Notifications;

/// <summary>Section <c>Notifications</c>.</summary>
public sealed class NotificationsOptions : IValidatableObject
{
    /// <summary>Base64 of 32 random bytes, the same in every instance of the app: seals the secret words of the outbox. A secret.</summary>
    [Required]
    [Secret]
    public string Key { get; set; } = "";

    /// <summary>Keys that sealed before; still opened. Each may go a day after the change.</summary>
    [Secret]
    public IList<string> OldKeys { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OldKeys.Prepend(Key).Any(key => !QuotesOptions.IsKey(key)))
            yield return new ValidationResult("Notifications:Key and Notifications:OldKeys must be base64 of exactly 32 bytes.", [nameof(Key)]);
    }
}
