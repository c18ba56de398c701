using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <summary>Publishes the consolidated sanctions list; docs/partners.md.</summary>
public sealed partial class SanctionsListClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<SanctionsListClient> log)
{
    /// <returns>The list's XML; null when it cannot be had now.</returns>
    public async Task<string?> ReadAsync(CancellationToken cancellation)
    {
        if (http.Find("sanctions", options.Value.Sanctions) is not { } client)
            return null;
        try
        {
            using var answer = await client.GetAsync(new Uri("consolidated.xml", UriKind.Relative), cancellation);
            if (answer.IsSuccessStatusCode)
                return await answer.Content.ReadAsStringAsync(cancellation);
            LogStatus((int)answer.StatusCode);
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e))
        {
            LogNoAnswer(e.GetType().Name);
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sanctions list was answered {Status}")]
    private partial void LogStatus(int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sanctions list could not be fetched: {Failure}")]
    private partial void LogNoAnswer(string failure);
}
