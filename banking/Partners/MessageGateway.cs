using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Banking.Partners;

/// <summary>One of the message gateways (push, SMS, e-mail); contract in docs/partners.md.</summary>
/// <remarks>The gateway delivers an id once, however often it is sent, so a retry never reaches the customer twice.</remarks>
public sealed class MessageGateway(HttpClient http)
{
    /// <remarks>A gateway out of order or out of reach throws one of the exceptions of <see cref="PartnerFailures.IsFailure"/>: try again later.</remarks>
    public async Task<GatewayAnswer> SendAsync(GatewayMessage message, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("messages", UriKind.Relative))
        {
            Content = JsonContent.Create(message, options: JsonSerializerOptions.Web),
        };
        request.Options.Set(PartnerHttp.Repeatable, true);
        using var answer = await http.SendAsync(request, cancellation);
        if (answer.StatusCode == HttpStatusCode.Gone)
            return GatewayAnswer.AddressGone;
        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity)
        {
            return GatewayAnswer.RefusedForGood;
        }

        answer.EnsureSuccessStatusCode();
        return GatewayAnswer.Accepted;
    }
}

/// <param name="Customer">Null for somebody who is no customer.</param>
/// <param name="To">A push token, an e-mail address or a phone number, as the gateway's channel needs.</param>
/// <param name="Language">ISO 639-1.</param>
public sealed record GatewayMessage(string Id, string? Customer, string To, string? Title, string Text, string? Link, string Language)
{
    /// <summary>Of an e-mail; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GatewayAttachment>? Attachments { get; init; }
}

/// <param name="Content">Base64 on the wire.</param>
public sealed record GatewayAttachment(string Name, string ContentType, byte[] Content);

public enum GatewayAnswer
{
    Accepted,

    /// <summary>The address or the message is wrong: sending it again cannot help.</summary>
    RefusedForGood,

    /// <summary>The address is none any more: the app was removed from the phone.</summary>
    AddressGone,
}
