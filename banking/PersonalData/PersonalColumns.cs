using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Storage;

namespace Serverless.Banking.PersonalData;

/// <summary>A stored row as an export shows it.</summary>
/// <remarks>What only proves something (hashes, salts, sealed words, keys, tokens) says nothing about the person and would help a thief: it is left out, on every level.</remarks>
internal static class PersonalColumns
{
    private static readonly string[] Secret = ["hash", "salt", "secret", "password", "former", "token", "signature", "block", "key"];
    private static readonly string[] OfStorage = ["odata.etag", "PartitionKey", "RowKey", "Timestamp"];

    public static JsonObject Show(TableEntity row)
    {
        var shown = new JsonObject { ["row"] = row.RowKey };
        foreach (var (name, value) in row)
        {
            if (value is not (null or byte[] or BinaryData) && !OfStorage.Contains(name) && !IsSecret(name))
                shown[JsonNamingPolicy.CamelCase.ConvertName(name)] = Show(value);
        }

        return shown;
    }

    /// <summary>What lies sealed, opened.</summary>
    public static JsonObject Show(OnboardingApplication application) => (JsonObject)Clean(JsonNode.Parse(StoredJson.Write(application)))!;

    private static JsonNode? Show(object value) => value switch
    {
        string text when text is ['{', ..] or ['[', ..] && Parse(text) is { } parsed => Clean(parsed),
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        Guid id => JsonValue.Create(id),
        DateTimeOffset time => JsonValue.Create(time.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
        _ => JsonValue.Create($"{value}"),
    };

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Clean(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject it:
                foreach (var (name, value) in it.ToArray())
                {
                    if (IsSecret(name))
                        it.Remove(name);
                    else
                        Clean(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                    Clean(item);
                break;
        }

        return node;
    }

    private static bool IsSecret(string name) =>
        name.StartsWith("sealed", StringComparison.OrdinalIgnoreCase) || Secret.Any(word => name.EndsWith(word, StringComparison.OrdinalIgnoreCase));
}
