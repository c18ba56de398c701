using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Documents;

/// <summary>Section <c>Documents</c>: the letterhead, and the links by which documents are fetched.</summary>
public sealed class DocumentsOptions : IValidatableObject
{
    [Required]
    public string BankName { get; set; } = "Serverless Bank";

    /// <summary>One line at the right of the letterhead.</summary>
    public string BankAddress { get; set; } = "Tiranë, Shqipëri · SRVLALTX";

    /// <summary>The bank's BIC (ISO 9362): in account statements for machines.</summary>
    [RegularExpression("[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")]
    public string Bic { get; set; } = "SRVLALTX";

    /// <summary>Base64 of 32 random bytes each, the same in every instance of the app; secrets. The first seals links, all open them: to change the key put the new one before the old.</summary>
    [Secret]
    public IList<string> LinkKeys { get; set; } = [];

    /// <summary>How long a link can be used (ACC-19).</summary>
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Where customers reach this app, with a slash at the end: in e-mails whose document is too large to be attached.</summary>
    [Required]
    public Uri? PublicUrl { get; set; } = new("http://localhost:7071/");

    /// <summary>How long such an e-mail's link can be used.</summary>
    public TimeSpan EmailLinkLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Larger documents are not attached. In base64 it grows by a third, and the gateways take 16 MB.</summary>
    [Range(1, 1_000_000_000)]
    public int AttachmentAtMost { get; set; } = 11_000_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var bytes = new byte[64];
        if (LinkKeys.Count == 0 || LinkKeys.Any(key => !Convert.TryFromBase64String(key, bytes, out var length) || length != 32))
            yield return new ValidationResult("Documents:LinkKeys must be base64 of exactly 32 bytes each.", [nameof(LinkKeys)]);
        if (LinkLifetime <= TimeSpan.Zero || LinkLifetime > TimeSpan.FromDays(1))
            yield return new ValidationResult("Documents:LinkLifetime must be positive and at most a day.", [nameof(LinkLifetime)]);
        if (EmailLinkLifetime < TimeSpan.FromDays(1) || EmailLinkLifetime > TimeSpan.FromDays(30))
            yield return new ValidationResult("Documents:EmailLinkLifetime must be 1 to 30 days.", [nameof(EmailLinkLifetime)]);
        if (PublicUrl is not { IsAbsoluteUri: true, AbsolutePath: "/" or [.., '/'] })
            yield return new ValidationResult("Documents:PublicUrl must be an absolute address that ends with a slash.", [nameof(PublicUrl)]);
    }
}
