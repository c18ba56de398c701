using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <summary>Publish the consolidated sanctions list and the list of politically exposed persons; docs/partners.md.</summary>
public sealed partial class SanctionsListClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<SanctionsListClient> log)
{
    /// <returns>The list's XML; null when it cannot be had now.</returns>
    public Task<string?> ReadAsync(CancellationToken cancellation) => FetchAsync("sanctions", options.Value.Sanctions, "consolidated.xml", cancellation);

    /// <returns>The list's lines of JSON; null when it cannot be had now.</returns>
    public Task<string?> ReadPepsAsync(CancellationToken cancellation) => FetchAsync("peps", options.Value.Peps, "entities.ftm.json", cancellation);

    private async Task<string?> FetchAsync(string partner, PartnerEndpoint endpoint, string file, CancellationToken cancellation)
    {
        if (http.Find(partner, endpoint) is not { } client)
            return null;
        try
        {
            using var answer = await client.GetAsync(new Uri(file, UriKind.Relative), cancellation);
            if (answer.IsSuccessStatusCode)
                return await answer.Content.ReadAsStringAsync(cancellation);
            LogStatus(file, (int)answer.StatusCode);
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e))
        {
            LogNoAnswer(file, e.GetType().Name);
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} was answered {Status}")]
    private partial void LogStatus(string file, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} could not be fetched: {Failure}")]
    private partial void LogNoAnswer(string file, string failure);
}
