using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Serverless.Emulator.Durable.Http;

/// <summary>A request's body as the JSON that the payload will be.</summary>
/// <param name="Text">Null for an empty body.</param>
internal sealed record JsonBody(bool IsValid, string? Text)
{
    public static async Task<JsonBody> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        if (string.IsNullOrWhiteSpace(text))
            return new(true, null);

        try
        {
            using var parsed = JsonDocument.Parse(text);
            return new(true, text);
        }
        catch (JsonException)
        {
            return new(false, null);
        }
    }
}
