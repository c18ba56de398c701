using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <summary>The pension funds' managers, over the contract in docs/partners.md.</summary>
public sealed partial class PensionClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<PensionClient> log)
{
    private const string Partner = "pensions";

    /// <summary>The funds of one contract, or of one holder; numbers travel in the body, because addresses are logged.</summary>
    /// <returns>Empty when there are none. Or <see cref="PensionManagerUnavailable"/>.</returns>
    public async Task<Result<PensionFund[]>> FindAsync(string? contractNumber, PersonalNumber? holder, CancellationToken cancellation)
    {
        var (status, found) = await SendAsync<FundList>(
            Post("lookups", new { contractNumber, personalNumber = holder?.Value }), cancellation);
        return status == HttpStatusCode.OK && found?.Funds is { } funds
            ? funds.Select(fund => fund.ToFund()).OfType<PensionFund>().ToArray()
            : new PensionManagerUnavailable();
    }

    /// <summary>Tells a manager of a contribution that the bank has taken for it. The same one may be sent any number of times.</summary>
    public async Task<ContributionAnswer> ContributeAsync(Guid contributionId, string contractNumber, Money amount, CancellationToken cancellation)
    {
        var (status, _) = await SendAsync<Contribution>(
            Post("contributions", new
            {
                contributionId = contributionId.ToString("N"),
                contractNumber,
                amount = new { amount = amount.ToDecimalString(), currency = amount.Currency.Code },
            }),
            cancellation);
        return status switch
        {
            HttpStatusCode.Created or HttpStatusCode.OK => ContributionAnswer.Taken,
            HttpStatusCode.Conflict or HttpStatusCode.NotFound => ContributionAnswer.Refused,
            _ => ContributionAnswer.Unknown,
        };
    }

    private static HttpRequestMessage Post<T>(string path, T body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body, options: Json) };
        request.Options.Set(PartnerHttp.Repeatable, true);
        return request;
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>A status of null: there was no answer.</summary>
    private async Task<(HttpStatusCode? Status, T? Body)> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellation)
        where T : class
    {
        if (http.Find(Partner, options.Value.Pensions) is not { } client)
            return (null, null);
        try
        {
            using var response = await client.SendAsync(request, cancellation);
            if (response.IsSuccessStatusCode)
                return (response.StatusCode, await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellation));
            LogStatus((int)response.StatusCode);
            return (response.StatusCode, null);
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e) || e is JsonException)
        {
            LogNoAnswer(e.GetType().Name);
            return (null, null);
        }
        finally
        {
            request.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pension managers gave no usable answer: {Failure}")]
    private partial void LogNoAnswer(string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pension managers answered {Status}")]
    private partial void LogStatus(int status);

    private sealed record FundList(IReadOnlyList<Fund>? Funds);

    private sealed record Fund(string? ContractNumber, string? Holder, string? ManagerId, string? Manager, string? Currency)
    {
        public PensionFund? ToFund() => ContractNumber is { Length: > 0 and <= 34 } number && Holder is { Length: > 0 } holder && ManagerId is { Length: > 0 } id
            && Manager is { Length: > 0 } manager && Banking.Currency.Find(Currency) is { } currency
                ? new PensionFund(number, holder, id, manager, currency)
                : null;
    }

    private sealed record Contribution(string? ContributionId);
}

/// <param name="Holder">First and last name; the customer sees it masked.</param>
/// <param name="ManagerId">Names the bank's settlement account: lower-case letters, digits, hyphens.</param>
/// <param name="Manager">The management company.</param>
/// <param name="Currency">In which contributions are taken.</param>
public sealed record PensionFund(string ContractNumber, string Holder, string ManagerId, string Manager, Currency Currency);

public enum ContributionAnswer
{
    Taken,

    /// <summary>Not taken, and never will be.</summary>
    Refused,

    /// <summary>No answer, or none that can be understood: send it again.</summary>
    Unknown,
}

/// <summary>The pension managers do not answer; try again later.</summary>
public sealed record PensionManagerUnavailable() : Unavailable("pension_manager_unavailable");
