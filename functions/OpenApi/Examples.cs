using System.Text.Json.Nodes;
using Serverless.Functions.Http;

namespace Serverless.Functions.OpenApi;

/// <summary>A value of a shape that a reader of the document can start from: the declared examples, and plain values in between.</summary>
internal static class Examples
{
    /// <summary>Records may hold each other.</summary>
    private const int MaxDepth = 6;

    public static JsonNode? Of(Shape shape, int depth = 0) => shape.Example?.DeepClone() ?? shape switch
    {
        ObjectShape it => depth > MaxDepth ? new JsonObject() : new JsonObject(it.Members.Value.Select(m => KeyValuePair.Create(m.Name, Of(m.Shape, depth + 1)))),
        AmountShape => new JsonObject { ["amount"] = "1707.40", ["currency"] = "ALL" },
        ListShape it => depth > MaxDepth ? new JsonArray() : new JsonArray(Of(it.Item, depth + 1)),
        IdShape => JsonValue.Create("5f0c3a1e-7d2b-4c8e-9a61-3b7f2d9c4e10"),
        DateShape => JsonValue.Create("2026-01-31"),
        TimeShape => JsonValue.Create("2026-01-31T09:30:00Z"),
        CodeShape it => JsonValue.Create(it.Codes[0]),
        BooleanShape => JsonValue.Create(true),
        IntegerShape it => JsonValue.Create(Math.Clamp(1, it.Min, it.Max)),
        TextShape { Pattern: null } it => JsonValue.Create("text".PadRight(it.Min, 't')[..Math.Min(it.Max, Math.Max(4, it.Min))]),
        TextShape => null,
        MapShape it => new JsonObject { ["name"] = Of(it.Value, depth + 1) },
        _ => new JsonObject(),
    };
}
