using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Serverless.Banking.Webhooks;

/// <summary>What an endpoint's messages are signed with: 24 random bytes, written <c>whsec_</c> and base64, stored sealed.</summary>
internal sealed class EndpointSecrets(WebhookSeal seal)
{
    private const int Bytes = 24;

    public byte[] New(Guid endpoint) => seal.Seal(Place(endpoint), Encoding.ASCII.GetBytes($"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes))}"));

    public string Show(EndpointRecord endpoint) => Open(endpoint.It.Id, endpoint.Secret);

    /// <summary>The present one first.</summary>
    public IReadOnlyList<string> Open(EndpointRecord endpoint, Instant now) => endpoint.OldSecret is { } old && endpoint.It.OldSecretUntil > now
        ? [Open(endpoint.It.Id, endpoint.Secret), Open(endpoint.It.Id, old)]
        : [Open(endpoint.It.Id, endpoint.Secret)];

    private string Open(Guid endpoint, byte[] secret) => Encoding.ASCII.GetString(seal.Open(Place(endpoint), secret));

    private static string Place(Guid endpoint) => $"webhook endpoint\n{endpoint:N}";
}
