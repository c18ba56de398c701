using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables.Internal;

/// <summary>Reads code and message of <c>{"odata.error":{"code":…,"message":{"value":…}}}</c>.</summary>
internal sealed class TableErrorParser : RequestFailedDetailsParser
{
    public const string FailedEntityIndex = "FailedEntity";

    public static readonly TableErrorParser Instance = new();

    public override bool TryParse(
        Response response,
        [NotNullWhen(true)] out ResponseError? error,
        [NotNullWhen(true)] out IDictionary<string, string>? data)
    {
        error = null;
        data = null;
        if (response.ContentStream is not { CanSeek: true })
            return false;

        if (Read(response.Content.ToMemory()) is not var (code, message))
            return false;

        error = new ResponseError(code, message);
        data = new Dictionary<string, string>();

        // The service prefixes the message of a refused transaction with the index of the action: "1:The specified entity…".
        var colon = message.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            data[FailedEntityIndex] = message[..colon];

        return true;
    }

    public static string? ReadCode(Response response) =>
        Read(response.Content.ToMemory()) is var (code, _) ? code : null;

    private static (string Code, string Message)? Read(ReadOnlyMemory<byte> content)
    {
        if (content.IsEmpty)
            return null;

        try
        {
            using var document = JsonDocument.Parse(content);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("odata.error", out var error)
                || !error.TryGetProperty("code", out var code))
                return null;

            var message = error.TryGetProperty("message", out var text) && text.TryGetProperty("value", out var value)
                ? value.GetString()
                : null;
            return (code.GetString() ?? "", message ?? "");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
