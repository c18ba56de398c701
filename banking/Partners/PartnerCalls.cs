using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace Serverless.Banking.Partners;

/// <summary>Calls to one partner that are answered in JSON and may be repeated.</summary>
/// <remarks>A status of null: there was no answer, none that can be understood, or no address of this partner. Members that are null are not sent.</remarks>
internal sealed partial class PartnerCalls(PartnerHttp http, string partner, PartnerEndpoint endpoint, ILogger log)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public Task<(HttpStatusCode? Status, T? Body)> GetAsync<T>(string path, CancellationToken cancellation)
        where T : class => SendAsync<T>(HttpMethod.Get, path, null, false, cancellation);

    /// <param name="readsConflict">The body of a 409 says something, too.</param>
    public Task<(HttpStatusCode? Status, T? Body)> PostAsync<T>(string path, object body, CancellationToken cancellation, bool readsConflict = false)
        where T : class => SendAsync<T>(HttpMethod.Post, path, JsonContent.Create(body, body.GetType(), options: Json), readsConflict, cancellation);

    /// <summary>A file, as it is.</summary>
    public Task<(HttpStatusCode? Status, T? Body)> PostFileAsync<T>(string path, byte[] file, CancellationToken cancellation)
        where T : class
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return SendAsync<T>(HttpMethod.Post, path, content, false, cancellation);
    }

    private async Task<(HttpStatusCode? Status, T? Body)> SendAsync<T>(HttpMethod method, string path, HttpContent? content, bool readsConflict, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Options.Set(PartnerHttp.Repeatable, true);
        if (http.Find(partner, endpoint) is not { } client)
            return (null, null);
        try
        {
            using var response = await client.SendAsync(request, cancellation);
            if (response.IsSuccessStatusCode || (readsConflict && response.StatusCode == HttpStatusCode.Conflict))
                return (response.StatusCode, await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellation));
            if (response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity))
                LogStatus(partner, (int)response.StatusCode);
            return (response.StatusCode, null);
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e) || e is JsonException)
        {
            LogNoAnswer(partner, e.GetType().Name);
            return (null, null);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Partner} gave no usable answer: {Failure}")]
    private partial void LogNoAnswer(string partner, string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Partner} answered {Status}")]
    private partial void LogStatus(string partner, int status);
}
