using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <summary>The party that reads text in pictures, over the contract in docs/partners.md. Nothing of the picture is kept.</summary>
public sealed class OcrClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<OcrClient> log)
{
    private readonly PartnerCalls calls = new(http, "ocr", options.Value.Ocr, log);

    /// <returns>The text, empty when there is none; null when the picture cannot be read. Or <see cref="OcrUnavailable"/>.</returns>
    public async Task<Result<string?>> ReadAsync(byte[] picture, CancellationToken cancellation)
    {
        var (status, found) = await calls.PostFileAsync<Recognised>("texts", picture, cancellation);
        return status switch
        {
            HttpStatusCode.OK => found?.Text ?? "",
            HttpStatusCode.UnprocessableEntity => (Result<string?>)(string?)null,
            _ => new OcrUnavailable(),
        };
    }

    private sealed record Recognised(string? Text);
}

/// <summary>Pictures cannot be read now; send the text that the app recognised, or try again later.</summary>
public sealed record OcrUnavailable() : Unavailable("ocr_unavailable");
