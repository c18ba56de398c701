using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serverless.Banking.Keys;

namespace Serverless.Banking.Partners;

/// <param name="Sha256">Of the document, lower-case hexadecimal.</param>
internal sealed record SignatureOrder(
    Guid Id, string DocumentName, byte[] Document, string Sha256, PersonalNumber Signer, string GivenNames, string Surname, string Language);

/// <summary>As the service tells it; nothing in it is believed before the proof is looked at.</summary>
/// <param name="Status"><c>waiting</c>, <c>signed</c>, <c>declined</c>, <c>expired</c>, <c>cancelled</c>.</param>
/// <param name="Proof">A compact JWS; null unless signed.</param>
internal sealed record SignatureState(string Status, string? SignUrl, DateTimeOffset? ExpiresAt, string? Proof);

/// <summary>The service of qualified signatures, over the contract in docs/partners.md.</summary>
internal sealed class QualifiedSignatureClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<QualifiedSignatureClient> log)
{
    private readonly PartnerCalls calls = new(http, "qualified-signature", options.Value.QualifiedSignature, log);

    /// <summary>The same order again is the same signature.</summary>
    /// <returns>Null when there is no usable answer.</returns>
    public async Task<SignatureState?> OpenAsync(SignatureOrder order, CancellationToken cancellation)
    {
        var (status, answer) = await calls.PostAsync<Answer>(
            "signatures",
            new
            {
                signatureId = order.Id.ToString("N"),
                documentName = order.DocumentName,
                documentSha256 = order.Sha256,
                document = Convert.ToBase64String(order.Document),
                signer = new { personalNumber = order.Signer.Value, givenNames = order.GivenNames, surname = order.Surname },
                language = order.Language,
            },
            cancellation);
        return status is HttpStatusCode.OK or HttpStatusCode.Created ? answer?.ToState() : null;
    }

    /// <returns>Null when there is no usable answer.</returns>
    public async Task<SignatureState?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var (status, answer) = await calls.GetAsync<Answer>($"signatures/{id:N}", cancellation);
        return status == HttpStatusCode.OK ? answer?.ToState() : null;
    }

    /// <summary>For a signature that nobody waits for any more; one that is over stays as it is.</summary>
    public async Task CancelAsync(Guid id, CancellationToken cancellation) => await calls.PostAsync<Answer>($"signatures/{id:N}/cancellation", new { }, cancellation);

    /// <returns>Null when there is no usable answer.</returns>
    public async Task<IReadOnlyList<JsonWebKey>?> KeysAsync(CancellationToken cancellation)
    {
        var (status, found) = await calls.GetAsync<KeySet>("jwks", cancellation);
        return status == HttpStatusCode.OK ? found?.Keys : null;
    }

    private sealed record KeySet(JsonWebKey[]? Keys);

    private sealed record Answer(string? Status, string? SignUrl, DateTimeOffset? ExpiresAt, string? Signature)
    {
        public SignatureState? ToState() => Status is { Length: > 0 } status ? new SignatureState(status, SignUrl, ExpiresAt, Signature) : null;
    }
}
