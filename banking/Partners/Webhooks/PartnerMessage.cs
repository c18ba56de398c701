using System.Text.Json;

namespace Serverless.Banking.Partners;

/// <summary>A webhook whose signature is good: <c>{"type","timestamp","data"}</c>.</summary>
/// <param name="Id">The partner's, the same each time it is sent.</param>
/// <param name="Type">Empty when the body names none.</param>
/// <param name="Data">Undefined when there is none.</param>
public sealed record PartnerMessage(string Partner, string Id, ReadOnlyMemory<byte> Body, string Type, JsonElement Data)
{
    public static PartnerMessage Of(string partner, string id, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root)
            {
                return new PartnerMessage(
                    partner, id, body,
                    root.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "",
                    root.TryGetProperty("data", out var data) ? data.Clone() : default);
            }
        }
        catch (JsonException)
        {
        }

        return new PartnerMessage(partner, id, body, "", default);
    }

    /// <returns>Null when the data are no such object.</returns>
    public T? Read<T>() where T : class
    {
        try
        {
            return Data.ValueKind == JsonValueKind.Object ? Data.Deserialize<T>(JsonSerializerOptions.Web) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
