using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Desk;

/// <summary>Settings section <c>Desk</c>.</summary>
public sealed class DeskOptions
{
    /// <summary>Systems of the back office that may send decisions, by their name in the webhooks' address: a-z, 0-9 and -.</summary>
    public IDictionary<string, DeskSystem> Systems { get; } = new Dictionary<string, DeskSystem>(StringComparer.Ordinal);

    /// <summary>A member of staff whom the bank has not seen for so long decides by no system; they sign in at the desk to be known again.</summary>
    [Range(1, 400)]
    public int StaffKnownDays { get; set; } = 30;

    /// <summary>As the directory of the staff (Entra ID) knows the desk's page.</summary>
    [Required]
    public string ClientId { get; set; } = "bank-desk";

    /// <summary>What the page asks the directory for: an access token for this API.</summary>
    [Required]
    public string Scope { get; set; } = "openid bank-api/.default";
}

public sealed class DeskSystem
{
    /// <summary>What its messages are signed with: <c>whsec_</c> and base64; a secret.</summary>
    [Secret]
    public string? WebhookSecret { get; set; }

    /// <summary>Good as well while it changes its secret. A secret.</summary>
    [Secret]
    public string? OtherWebhookSecret { get; set; }

    public IReadOnlyList<string> WebhookSecrets => [.. new[] { WebhookSecret, OtherWebhookSecret }.OfType<string>().Where(secret => secret.Length > 0)];
}
