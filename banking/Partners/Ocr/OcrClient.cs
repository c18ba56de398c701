using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <summary>The party that reads text in pictures, over the contract in docs/partners.md. Nothing of the picture is kept.</summary>
public sealed partial class OcrClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<OcrClient> log)
{
    /// <returns>The text, empty when there is none; null when the picture cannot be read. Or <see cref="OcrUnavailable"/>.</returns>
    public async Task<Result<string?>> ReadAsync(byte[] picture, CancellationToken cancellation)
    {
        if (http.Find("ocr", options.Value.Ocr) is not { } client)
            return new OcrUnavailable();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("texts", UriKind.Relative)) { Content = new ByteArrayContent(picture) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Options.Set(PartnerHttp.Repeatable, true);
            using var response = await client.SendAsync(request, cancellation);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => (await response.Content.ReadFromJsonAsync<Recognised>(JsonSerializerOptions.Web, cancellation))?.Text ?? "",
                HttpStatusCode.UnprocessableEntity => (Result<string?>)(string?)null,
                _ => new OcrUnavailable(),
            };
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e) || e is JsonException)
        {
            LogNoAnswer(e.GetType().Name);
            return new OcrUnavailable();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reader of pictures gave no usable answer: {Failure}")]
    private partial void LogNoAnswer(string failure);

    private sealed record Recognised(string? Text);
}

/// <summary>Pictures cannot be read now; send the text that the app recognised, or try again later.</summary>
public sealed record OcrUnavailable() : Unavailable("ocr_unavailable");
