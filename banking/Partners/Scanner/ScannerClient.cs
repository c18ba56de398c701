using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <summary>The scanner for malware, over the contract in docs/partners.md. Nothing of the file is kept.</summary>
public sealed class ScannerClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<ScannerClient> log)
{
    private readonly PartnerCalls calls = new(http, "scanner", options.Value.Scanner, log);

    /// <returns>False when it is malware. Or <see cref="ScannerUnavailable"/>: what was not scanned is not taken.</returns>
    public async Task<Result<bool>> IsCleanAsync(byte[] file, CancellationToken cancellation)
    {
        var (status, scan) = await calls.PostFileAsync<Scan>("scans", file, cancellation);
        return status == HttpStatusCode.OK
            ? scan?.Verdict switch
            {
                "clean" => true,
                "malicious" => false,
                _ => new ScannerUnavailable(),
            }
            : new ScannerUnavailable();
    }

    private sealed record Scan(string? Verdict);
}

/// <summary>Files cannot be scanned now, and none is taken unscanned; try again later.</summary>
public sealed record ScannerUnavailable() : Unavailable("scanner_unavailable");
