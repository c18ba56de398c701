using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <summary>The scanner for malware, over the contract in docs/partners.md. Nothing of the file is kept.</summary>
public sealed partial class ScannerClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<ScannerClient> log)
{
    /// <returns>False when it is malware. Or <see cref="ScannerUnavailable"/>: what was not scanned is not taken.</returns>
    public async Task<Result<bool>> IsCleanAsync(byte[] file, CancellationToken cancellation)
    {
        if (http.Find("scanner", options.Value.Scanner) is not { } client)
            return new ScannerUnavailable();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("scans", UriKind.Relative)) { Content = new ByteArrayContent(file) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Options.Set(PartnerHttp.Repeatable, true);
            using var response = await client.SendAsync(request, cancellation);
            var verdict = response.StatusCode == HttpStatusCode.OK
                ? (await response.Content.ReadFromJsonAsync<Scan>(JsonSerializerOptions.Web, cancellation))?.Verdict
                : null;
            return verdict switch
            {
                "clean" => true,
                "malicious" => false,
                _ => new ScannerUnavailable(),
            };
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e) || e is JsonException)
        {
            LogNoAnswer(e.GetType().Name);
            return new ScannerUnavailable();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scanner gave no usable answer: {Failure}")]
    private partial void LogNoAnswer(string failure);

    private sealed record Scan(string? Verdict);
}

/// <summary>Files cannot be scanned now, and none is taken unscanned; try again later.</summary>
public sealed record ScannerUnavailable() : Unavailable("scanner_unavailable");
