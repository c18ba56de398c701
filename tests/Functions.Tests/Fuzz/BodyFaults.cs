using System.Text.Json.Nodes;
using Serverless.Functions.Tests.OpenApi;

namespace Serverless.Functions.Tests.Fuzz;

/// <summary>From a good body, every body that is wrong in one way, as the schema sees it.</summary>
internal sealed class BodyFaults(ApiDocument document)
{
    private static readonly JsonNode?[] Values = [null, 7, "x", true, new JsonArray(), new JsonObject()];

    /// <returns>The body, the pointer of what is wrong in it, and what that is in a few words.</returns>
    public IEnumerable<(JsonNode Body, string Pointer, string What)> Of(JsonNode schema, JsonNode example) =>
        Faults(schema, example, "").Select(fault => (Changed(example, fault.Pointer, fault.Change), fault.Pointer, fault.What));

    /// <summary>A change gets the object or list that holds the member, and its name.</summary>
    private IEnumerable<(string Pointer, string What, Action<JsonNode, string> Change)> Faults(JsonNode schema, JsonNode? value, string at)
    {
        schema = document.Resolve(schema);
        if (schema["oneOf"] is JsonArray choices)
            schema = document.Resolve(choices.First(it => (string?)document.Resolve(it!)["type"] != "null")!);
        switch (value)
        {
            case JsonObject record:
                yield return ($"{at}/oddMember", "a member that is not documented", (holder, name) => holder[name] = 1);
                var required = (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).ToHashSet(StringComparer.Ordinal);
                foreach (var (name, member) in schema["properties"]!.AsObject())
                {
                    var pointer = $"{at}/{name}";
                    if (required.Contains(name))
                        yield return (pointer, "a required member left out", (holder, it) => holder.AsObject().Remove(it));
                    foreach (var (what, wrong) in Wrong(member!))
                        yield return (pointer, what, (holder, it) => holder[it] = wrong?.DeepClone());
                    if (record[name] is JsonObject or JsonArray)
                    {
                        foreach (var inner in Faults(member!, record[name], pointer))
                            yield return inner;
                    }
                }

                break;
            case JsonArray { Count: > 0 } list:
                foreach (var (what, wrong) in Wrong(schema["items"]!))
                    yield return ($"{at}/0", what, (holder, _) => holder.AsArray()[0] = wrong?.DeepClone());
                if (list[0] is JsonObject)
                {
                    foreach (var inner in Faults(schema["items"]!, list[0], $"{at}/0"))
                        yield return inner;
                }

                break;
        }
    }

    private IEnumerable<(string What, JsonNode? Value)> Wrong(JsonNode schema)
    {
        schema = document.Resolve(schema);
        var isNullable = schema["oneOf"] is not null || schema["type"] is JsonArray;
        if (schema["oneOf"] is JsonArray choices)
            schema = document.Resolve(choices.First(it => (string?)document.Resolve(it!)["type"] != "null")!);
        var types = ApiDocument.Types(schema["type"]!).ToList();
        foreach (var value in Values.Where(value => !types.Any(type => ApiDocument.IsOf(type, value)) && (value is not null || !isNullable)))
            yield return ($"{value?.ToJsonString() ?? "null"} for {string.Join('/', types)}", value);
        if (types.Contains("string"))
        {
            if ((int?)schema["maxLength"] is { } max)
                yield return ($"{max + 1} characters", new string('a', max + 1));
            yield return ("half of a surrogate pair's text and controls", "a\u0000\u202Eb");
            if (schema["enum"] is not null)
                yield return ("an unknown code", "no_such_code");
            if (schema["format"] is { } format)
            {
                yield return ($"no {format}", "2026-02-30");
                yield return ($"no {format}", "0B6CE3F0-0E52-4E3D-9D5B-6B1F2C1D00FF");
            }
        }

        if (types.Contains("integer"))
        {
            yield return ("a fraction", 1.5m);
            yield return ("out of any range", JsonNode.Parse("99999999999999999999999999"));
            if (schema["minimum"] is { } minimum)
                yield return ("below the minimum", (long)minimum - 1);
            if (schema["maximum"] is { } maximum)
                yield return ("above the maximum", (long)maximum + 1);
        }

        if (types.Contains("array") && (int?)schema["maxItems"] is { } items)
            yield return ($"{items + 1} items", new JsonArray([.. Enumerable.Range(0, items + 1).Select(_ => (JsonNode?)null)]));
        if (schema["properties"] is JsonObject members && members.ContainsKey("amount") && members.ContainsKey("currency"))
        {
            foreach (var amount in new[] { "1,00", "-1.00", "1e3", "NaN", "01.00", "1.0000", "" })
                yield return ($"an amount of '{amount}'", new JsonObject { ["amount"] = amount, ["currency"] = "ALL" });
            yield return ("a currency that is none", new JsonObject { ["amount"] = "1.00", ["currency"] = "XXX" });
        }
    }

    private static JsonNode Changed(JsonNode example, string pointer, Action<JsonNode, string> change)
    {
        var body = example.DeepClone();
        var parts = pointer.TrimStart('/').Split('/');
        var holder = parts[..^1].Aggregate(body, (node, part) => node is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : node[part]!);
        change(holder, parts[^1]);
        return body;
    }
}
