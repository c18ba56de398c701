using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>Puts something harmless in place of every member that is faulty by its type, so that the others can be looked at.</summary>
internal static class MendedBody
{
    /// <returns>Null when there is nothing harmless: another date, say, could make a fault of a second one that is right.</returns>
    public static JsonNode? Of(Shape shape, JsonElement? value) => shape switch
    {
        ObjectShape it => OfObject(it, value is { ValueKind: JsonValueKind.Object } members ? members : null),
        TextShape { Harmless: { } harmless } => value is { } said && IsGood(shape, said) ? JsonNode.Parse(said.GetRawText()) : harmless,
        TextShape => value is { ValueKind: JsonValueKind.String } text && IsText(shape, text) ? JsonNode.Parse(text.GetRawText()) : "",
        AmountShape => value is { } amount && IsGood(shape, amount) ? JsonNode.Parse(amount.GetRawText()) : OfAmount(value),
        CodeShape it => value is { } code && IsGood(shape, code) ? JsonNode.Parse(code.GetRawText()) : it.Codes[0],
        IdShape => value is { } id && IsGood(shape, id) ? JsonNode.Parse(id.GetRawText()) : Guid.Empty.ToString(),
        _ => value is { } other && IsGood(shape, other) ? JsonNode.Parse(other.GetRawText()) : null,
    };

    private static JsonObject? OfObject(ObjectShape shape, JsonElement? value)
    {
        var mended = new JsonObject();
        foreach (var member in shape.Members.Value)
        {
            var found = value?.EnumerateObject().Where(property => ShapeReader.TryGetName(property, out var name) && name == member.Name).Select(property => (JsonElement?)property.Value).FirstOrDefault();
            if (found is null or { ValueKind: JsonValueKind.Null } && !member.IsRequired)
                continue;
            if (Of(member.Shape, found is { ValueKind: JsonValueKind.Null } ? null : found) is not { } node)
                return null;
            mended[member.Name] = node;
        }

        return mended;
    }

    /// <summary>One of its currency, where that is right.</summary>
    private static JsonObject OfAmount(JsonElement? value)
    {
        var code = value is { ValueKind: JsonValueKind.Object } it && it.TryGetProperty("currency", out var text) && text.ValueKind == JsonValueKind.String ? text : (JsonElement?)null;
        var one = Money.OfMinor(100, Currency.Find(code is { } known && ShapeReader.TryGetText(known, out var written) ? written : null) ?? Currency.All);
        return new JsonObject { ["amount"] = one.ToDecimalString(), ["currency"] = one.Currency.Code };
    }

    private static bool IsGood(Shape shape, JsonElement value) => Faults(shape, value).Count == 0;

    /// <summary>Texts that are too long or too short are texts all the same; half of a character is none.</summary>
    private static bool IsText(Shape shape, JsonElement value) => Faults(shape, value).All(fault => fault is not CharactersNotAllowed);

    private static List<Invalid> Faults(Shape shape, JsonElement value)
    {
        List<Invalid> faults = [];
        ShapeReader.Check(shape, value, "", faults);
        return faults;
    }
}
