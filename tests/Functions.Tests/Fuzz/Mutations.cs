using System.Text.Json.Nodes;

namespace Serverless.Functions.Tests.Fuzz;

/// <summary>Spoils JSON in the ways that clients, proxies and attackers do. The same seed spoils the same way.</summary>
internal sealed class Mutations(Random random)
{
    private static readonly string[] Texts =
    [
        "", " ", "\u0000", "\u202Eabc", "ë", "👩‍👩‍👧", "Ω≈ç√", "' OR 1=1 --", "<script>", "{0}", "%s%n", "../../etc/passwd", "null", "true", "-1", "0", "1e309", "NaN",
        "2026-02-30", "9999-12-31", "0000-00-00", "99999999999999999999999999", "ALL", "oshee", "a/b#c?d", "\uFFFF", "tab\there", "line\nbreak",
    ];

    /// <summary>JSON text, good or bad, made from a good example.</summary>
    public string Body(JsonNode example)
    {
        switch (random.Next(12))
        {
            case 0:
                return Raw();
            case 1:
                return example.ToJsonString();
            case 2:
                var json = example.ToJsonString();
                return json[..random.Next(json.Length)];
            default:
                var root = example.DeepClone();
                for (var i = random.Next(1, 4); i > 0; i--)
                    root = Spoil(root);
                return root?.ToJsonString() ?? "null";
        }
    }

    public string Text() => random.Next(6) switch
    {
        0 => new string('x', random.Next(1, 5000)),
        1 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(0x20, 0xD7FF))),
        2 => Guid.NewGuid().ToString(),
        _ => Texts[random.Next(Texts.Length)],
    };

    private string Raw() => random.Next(8) switch
    {
        0 => "",
        1 => "null",
        2 => "[]",
        3 => "{\"a\":\"\\uD800\"}",
        4 => new string('[', 3000),
        5 => "{\"\\uDC00\":1}",
        6 => "\"" + new string('x', 70_000) + "\"",
        _ => "{}{}",
    };

    private JsonNode? Spoil(JsonNode? node)
    {
        if (node is JsonObject { Count: > 0 } record && random.Next(5) > 0)
        {
            var name = record.ElementAt(random.Next(record.Count)).Key;
            switch (random.Next(6))
            {
                case 0:
                    record.Remove(name);
                    break;
                case 1:
                    record[$"{name}{(random.Next(2) == 0 ? "X" : "\u0000")}"] = 1;
                    break;
                case 2:
                    var value = record[name]?.DeepClone();
                    record.Remove(name);
                    record[name.ToUpperInvariant()] = value;
                    break;
                default:
                    var member = record[name]?.DeepClone();
                    record[name] = Spoil(member);
                    break;
            }

            return record;
        }

        if (node is JsonArray { Count: > 0 } list && random.Next(3) > 0)
        {
            if (random.Next(3) == 0)
                return new JsonArray([.. Enumerable.Range(0, 150).Select(_ => list[0]?.DeepClone())]);
            list[0] = Spoil(list[0]?.DeepClone());
            return list;
        }

        return Other();
    }

    private JsonNode? Other() => random.Next(10) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(-5, 100)),
        2 => JsonValue.Create(1.5),
        3 => JsonValue.Create(long.MaxValue),
        4 => JsonValue.Create(random.Next(2) == 0),
        5 => new JsonArray(),
        6 => new JsonObject(),
        7 => new JsonObject { ["amount"] = random.Next(2) == 0 ? "-1.00" : "99999999999999999999.00", ["currency"] = random.Next(2) == 0 ? "ALL" : "XXX" },
        _ => JsonValue.Create(Text()),
    };
}
