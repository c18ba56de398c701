using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Serverless.Functions.Http;

/// <summary>What a JSON value of a declared type must look like.</summary>
/// <remarks>
/// Made from the records that functions declare, once per type. <see cref="ShapeReader"/> enforces it and the OpenAPI document shows
/// it, so the two cannot part.
/// </remarks>
internal abstract record Shape
{
    public string? Description { get; init; }

    public JsonNode? Example { get; init; }
}

/// <param name="Members">In the record's order; looked up late, because records may hold each other.</param>
internal sealed record ObjectShape(Type Type, Lazy<IReadOnlyList<MemberShape>> Members) : Shape;

/// <param name="IsRequired">Must be there when the object is sent to the bank; in answers every member is there.</param>
/// <param name="Default">What an absent member means, when that is not null.</param>
internal sealed record MemberShape(string Name, Shape Shape, bool IsRequired, bool IsNullable, JsonNode? Default)
{
    /// <summary>Of this member, in addition to that of its type.</summary>
    public string? Description { get; init; }
}

/// <param name="Min">In UTF-16 code units, as JSON Schema's minLength nearly is.</param>
internal sealed record TextShape(int Min, int Max, PatternAttribute? Pattern, bool IsMultiline) : Shape
{
    public const int DefaultMax = 200;

    /// <summary>See <see cref="ScannedAttribute"/>.</summary>
    public bool IsScanned { get; init; }

    /// <summary>Of a value that no other text can be read as (<see cref="Banking.TextFormAttribute"/>): stands in for a faulty one. Null for plain text.</summary>
    public string? Harmless { get; init; }
}

/// <summary>An <see cref="AmountDto"/>. In requests positive, or also zero.</summary>
internal sealed record AmountShape(bool AllowsZero) : Shape
{
    /// <summary>Of the member <c>amount</c> in requests; answers may be negative.</summary>
    public const string Pattern = @"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,3})?$";
}

internal sealed record IntegerShape(long Min, long Max) : Shape;

internal sealed record BooleanShape : Shape;

/// <summary>One of some exact words.</summary>
internal sealed record CodeShape(IReadOnlyList<string> Codes) : Shape
{
    /// <summary>The enum, which names the document's component; null when the codes belong to nobody.</summary>
    public Type? Type { get; init; }
}

/// <summary>ISO 8601 calendar date.</summary>
internal sealed record DateShape : Shape;

/// <summary>ISO 8601 time in UTC.</summary>
internal sealed record TimeShape : Shape;

/// <summary>A UUID in lower case with hyphens.</summary>
internal sealed partial record IdShape : Shape
{
    public const string Pattern = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

    [GeneratedRegex(@"\A[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\z", RegexOptions.CultureInvariant)]
    public static partial Regex Regex { get; }
}

internal sealed record ListShape(Shape Item, int Min, int Max) : Shape
{
    public const int DefaultMax = 100;
}

/// <summary>An object with free names, in answers only.</summary>
internal sealed record MapShape(Shape Value) : Shape;

/// <summary>Any JSON, in answers only.</summary>
internal sealed record AnyShape : Shape;
