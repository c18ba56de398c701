using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serverless.Banking.Iso20022;

namespace Serverless.Banking.Partners;

/// <summary>The network that carries payments between banks, over the contract in docs/partners.md.</summary>
/// <remarks>The network takes a message id once, so the same message may be sent any number of times.</remarks>
public sealed partial class InterbankClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<InterbankClient> log)
{
    private const string Partner = "interbank";

    /// <param name="xml">pacs.008 or pacs.004.</param>
    public async Task<NetworkReceipt> SendAsync(string xml, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("messages", UriKind.Relative))
        {
            Content = new StringContent(xml, Encoding.UTF8, "application/xml"),
        };
        request.Options.Set(PartnerHttp.Repeatable, true);
        var (status, _) = await SendAsync(request, cancellation);
        return status switch
        {
            HttpStatusCode.OK or HttpStatusCode.Accepted => NetworkReceipt.Taken,
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity => NetworkReceipt.Refused,
            HttpStatusCode.Conflict => NetworkReceipt.Conflict,
            _ => NetworkReceipt.Unknown,
        };
    }

    /// <summary>Asks what became of a message.</summary>
    /// <returns>Its status; <see cref="NetworkReceipt.NeverReceived"/> or <see cref="NetworkReceipt.Unknown"/> in place of one.</returns>
    public async Task<(NetworkReceipt Receipt, StatusReportMessage? Report)> AskAsync(string messageId, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"messages/{Uri.EscapeDataString(messageId)}/status", UriKind.Relative));
        var (status, body) = await SendAsync(request, cancellation);
        if (status == HttpStatusCode.NotFound)
            return (NetworkReceipt.NeverReceived, null);
        if (status != HttpStatusCode.OK || body is null)
            return (NetworkReceipt.Unknown, null);
        var report = MessageXml.ReadStatusReport(body);
        if (report.IsSuccess)
            return (NetworkReceipt.Taken, report.Value);
        LogNotUnderstood(report.Error.Code);
        return (NetworkReceipt.Unknown, null);
    }

    /// <summary>A status of null: there was no answer.</summary>
    private async Task<(HttpStatusCode? Status, string? Body)> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (http.Find(Partner, options.Value.Interbank) is not { } client)
            return (null, null);
        try
        {
            using var response = await client.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.NotFound)
                LogStatus((int)response.StatusCode);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e))
        {
            LogNoAnswer(e.GetType().Name);
            return (null, null);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The interbank network gave no answer: {Failure}")]
    private partial void LogNoAnswer(string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The interbank network answered {Status}")]
    private partial void LogStatus(int status);

    [LoggerMessage(Level = LogLevel.Error, Message = "The interbank network's status report breaks a rule: {Rule}")]
    private partial void LogNotUnderstood(string rule);
}

public enum NetworkReceipt
{
    /// <summary>The network has it, now or from an earlier try.</summary>
    Taken,

    /// <summary>The message breaks a rule of the network; it will not be carried.</summary>
    Refused,

    /// <summary>The message id was used for another message: a bug, and a reason to ask.</summary>
    Conflict,

    /// <summary>The network never saw the message.</summary>
    NeverReceived,

    /// <summary>No answer: it may have it or not.</summary>
    Unknown,
}
