using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Serverless.Functions.Tests.Http;

namespace Serverless.Functions.Tests.OpenApi;

/// <summary>The served document as a client has it; answers are held against it and nothing else.</summary>
internal sealed class ApiDocument(JsonNode root)
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    public JsonNode Root => root;

    public IEnumerable<(string Path, string Method, JsonNode Operation)> Operations =>
        from path in root["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key.ToUpperInvariant(), operation.Value!);

    /// <summary>Follows a reference, if it is one.</summary>
    public JsonNode Resolve(JsonNode node)
    {
        while (node is JsonObject it && it["$ref"] is { } reference)
            node = ((string)reference!).TrimStart('#', '/').Split('/').Aggregate(root, (at, name) => at[name]!);
        return node;
    }

    public IEnumerable<JsonNode> Parameters(JsonNode operation, string place) =>
        (operation["parameters"]?.AsArray() ?? []).Select(it => Resolve(it!)).Where(it => (string?)it["in"] == place);

    /// <returns>Null when the document knows no such answer of the operation.</returns>
    public JsonNode? Response(JsonNode operation, int status) => operation["responses"]![$"{status}"] is { } response ? Resolve(response) : null;

    /// <summary>The first thing about the answer that is not as documented: status, content type, body; null when all is.</summary>
    public string? Complaint(JsonNode operation, Answer answer)
    {
        if (Response(operation, answer.Status) is not { } response)
            return $"status {answer.Status} is not documented";
        var content = response["content"]?.AsObject();
        if (content is null)
            return answer.Text.Length == 0 ? null : $"status {answer.Status} is documented without a body";
        if (!content.TryGetPropertyValue(answer.ContentType ?? "", out var media))
            return $"content type {answer.ContentType} is not documented for {answer.Status}";
        return media?["schema"] is { } schema ? Complaint(schema, JsonNode.Parse(answer.Text), "") : null;
    }

    /// <summary>What of JSON Schema 2020-12 the document uses.</summary>
    public string? Complaint(JsonNode schema, JsonNode? value, string at)
    {
        schema = Resolve(schema);
        if (schema["allOf"] is JsonArray all && all.Select(it => Complaint(it!, value, at)).FirstOrDefault(it => it is not null) is { } part)
            return part;
        if (schema["oneOf"] is JsonArray one && one.Count(it => Complaint(it!, value, at) is null) != 1)
            return $"{at} is none, or more than one, of the choices";
        if (schema["type"] is { } type && !Types(type).Any(name => IsOf(name, value)))
            return $"{at} is no {string.Join(" or ", Types(type))}: {value?.ToJsonString() ?? "null"}";
        if (value is not null && schema["enum"] is JsonArray codes && !codes.Any(code => JsonNode.DeepEquals(code, value)))
            return $"{at} is none of the codes: {value.ToJsonString()}";
        return value switch
        {
            JsonObject it => Members(schema, it, at),
            JsonArray it when schema["items"] is { } items => it.Select((item, i) => Complaint(items, item, $"{at}/{i}")).FirstOrDefault(complaint => complaint is not null),
            JsonValue it when it.TryGetValue<string>(out var text) => Text(schema, text, at),
            _ => null,
        };
    }

    public static IEnumerable<string> Types(JsonNode type) => type is JsonArray several ? several.Select(name => (string)name!) : [(string)type!];

    public static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("null", JsonValueKind.Null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String)
            or ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => decimal.TryParse(value!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number),
        _ => false,
    };

    private string? Members(JsonNode schema, JsonObject value, string at)
    {
        if ((schema["required"]?.AsArray() ?? []).FirstOrDefault(name => !value.ContainsKey((string)name!)) is { } missing)
            return $"{at}/{missing} is missing";
        var properties = schema["properties"]?.AsObject() ?? [];
        foreach (var (name, member) in value)
        {
            var complaint = properties.TryGetPropertyValue(name, out var own) ? Complaint(own!, member, $"{at}/{name}")
                : schema["additionalProperties"] switch
                {
                    JsonObject others => Complaint(others, member, $"{at}/{name}"),
                    JsonValue closed when closed.TryGetValue<bool>(out var isOpen) && !isOpen => $"{at}/{name} is not documented",
                    _ => null,
                };
            if (complaint is not null)
                return complaint;
        }

        return null;
    }

    private static string? Text(JsonNode schema, string text, string at)
    {
        if (schema["pattern"] is { } pattern && !Patterns.GetOrAdd((string)pattern!, it => new Regex(it, RegexOptions.CultureInvariant)).IsMatch(text))
            return $"{at} does not match {pattern}: {text}";
        if (text.Length < ((int?)schema["minLength"] ?? 0) || text.Length > ((int?)schema["maxLength"] ?? int.MaxValue))
            return $"{at} is too short or too long";
        return (string?)schema["format"] switch
        {
            "uuid" => Guid.TryParseExact(text, "D", out _) && !text.Any(char.IsAsciiLetterUpper),
            "date" => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Success,
            "date-time" => NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).Success,
            _ => true,
        }
            ? null : $"{at} is no {schema["format"]}: {text}";
    }
}
