using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Functions.Http;

namespace Serverless.Functions.Tests.Fuzz;

/// <summary>Holds an answer against its documented form.</summary>
internal static class AnswerCheck
{
    /// <summary>The first thing that is not as documented; null when all is.</summary>
    public static string? Complaint(Shape shape, JsonNode? value, string at) => shape switch
    {
        ObjectShape it => value is JsonObject record ? it.Members.Value.Select(m => Member(m, record, at)).FirstOrDefault(c => c is not null) : $"{at} is no object.",
        ListShape it => value is JsonArray list ? list.Select((item, i) => Complaint(it.Item, item, $"{at}/{i}")).FirstOrDefault(c => c is not null) : $"{at} is no list.",
        AmountShape => value is JsonObject { Count: 2 } amount && Banking.Currency.Find((string?)amount["currency"]) is { } currency
            && Banking.Money.Find((string?)amount["amount"], currency) is not null ? null : $"{at} is no amount.",
        IntegerShape => value?.GetValueKind() == JsonValueKind.Number ? null : $"{at} is no number.",
        BooleanShape => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : $"{at} is no boolean.",
        TextShape => value?.GetValueKind() == JsonValueKind.String ? null : $"{at} is no text.",
        CodeShape or DateShape or TimeShape or IdShape => value?.GetValueKind() == JsonValueKind.String && ShapeReader.Text(shape, (string)value!, at) is null
            ? null : $"{at} is not as documented: {value?.ToJsonString()}",
        _ => null,
    };

    private static string? Member(MemberShape member, JsonObject record, string at) =>
        !record.TryGetPropertyValue(member.Name, out var value) ? $"{at}/{member.Name} is missing."
        : value is null ? (member.IsNullable ? null : $"{at}/{member.Name} is null.")
        : Complaint(member.Shape, value, $"{at}/{member.Name}");
}
