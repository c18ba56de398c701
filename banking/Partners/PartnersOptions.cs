namespace Serverless.Banking.Partners;

/// <summary>Settings section <c>Partners</c>: where the outside parties are and how the bank shows who it is.</summary>
public sealed class PartnersOptions
{
    /// <summary>By company id (docs/partners.md).</summary>
    public IDictionary<string, PartnerEndpoint> Billers { get; } = new Dictionary<string, PartnerEndpoint>(StringComparer.Ordinal);

    /// <summary>By insurer id (docs/partners.md).</summary>
    public IDictionary<string, PartnerEndpoint> Insurers { get; } = new Dictionary<string, PartnerEndpoint>(StringComparer.Ordinal);

    public PartnerEndpoint Push { get; set; } = new();

    public PartnerEndpoint Sms { get; set; } = new();

    public PartnerEndpoint Email { get; set; } = new();

    /// <summary>The network that carries payments between banks.</summary>
    public PartnerEndpoint Interbank { get; set; } = new();

    /// <summary>The remitter of money sent from abroad.</summary>
    public PartnerEndpoint Ria { get; set; } = new();

    /// <summary>The managers of pension funds.</summary>
    public PartnerEndpoint Pensions { get; set; } = new();

    /// <summary>Keeps the cards and checks their PINs.</summary>
    public PartnerEndpoint CardProcessor { get; set; } = new();

    /// <summary>Authenticates card purchases, and tells of cards made.</summary>
    public PartnerEndpoint CardServer { get; set; } = new();

    /// <summary>Films people with their documents.</summary>
    public PartnerEndpoint VideoIdentification { get; set; } = new();

    /// <summary>Publishes whom nobody may do business with.</summary>
    public PartnerEndpoint Sanctions { get; set; } = new();

    /// <summary>Publishes who is politically exposed.</summary>
    public PartnerEndpoint Peps { get; set; } = new();

    /// <summary>Looks for malware in files.</summary>
    public PartnerEndpoint Scanner { get; set; } = new();

    /// <summary>Publishes daily reference rates in the ECB's format.</summary>
    public PartnerEndpoint Rates { get; set; } = new();

    /// <summary>Knows what people earn and owe.</summary>
    public PartnerEndpoint CreditRegistry { get; set; } = new();

    /// <summary>Has documents signed with qualified signatures.</summary>
    public PartnerEndpoint QualifiedSignature { get; set; } = new();

    /// <summary>Reads text in pictures.</summary>
    public PartnerEndpoint Ocr { get; set; } = new();

    /// <summary>What sends the requests, beneath time-outs and retries; null for sockets.</summary>
    public Func<HttpMessageHandler>? Transport { get; set; }
}

public sealed class PartnerEndpoint
{
    /// <summary>Null: the bank has no way to this partner, and calls to it are unavailable.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Sent as bearer token with every call; a secret.</summary>
    [Secret]
    public string Key { get; set; } = "";

    /// <summary>What the partner's webhooks are signed with: <c>whsec_</c> and base64; a secret.</summary>
    [Secret]
    public string? WebhookSecret { get; set; }

    /// <summary>Good as well while the partner changes its secret: the one before, or the one to come. A secret.</summary>
    [Secret]
    public string? OtherWebhookSecret { get; set; }

    /// <summary>Those that are set.</summary>
    public IReadOnlyList<string> WebhookSecrets => [.. new[] { WebhookSecret, OtherWebhookSecret }.OfType<string>().Where(secret => secret.Length > 0)];

    /// <summary>One try of one call.</summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>One call with all its tries: a customer may be waiting for it.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries after the first, for calls that may be repeated.</summary>
    public int Retries { get; set; } = 2;

    /// <summary>Before the first retry; doubled for each further one, with jitter.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the circuit breaker keeps a failing partner from being called.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(15);
}
