using System.Globalization;
using System.Text.Json;
using NodaTime.Text;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>Holds a JSON value against its <see cref="Shape"/> and collects every fault, each with its JSON pointer.</summary>
internal static class ShapeReader
{
    /// <summary>So that a body of nothing but faults still gets a readable answer.</summary>
    public const int MaxFaults = 100;

    public static void Check(Shape shape, JsonElement value, string pointer, List<Invalid> faults)
    {
        if (faults.Count >= MaxFaults)
            return;
        switch (shape, value.ValueKind)
        {
            case (ObjectShape it, JsonValueKind.Object):
                CheckObject(it, value, pointer, faults);
                break;
            case (AmountShape it, JsonValueKind.Object):
                CheckAmount(it, value, pointer, faults);
                break;
            case (ListShape it, JsonValueKind.Array):
                CheckList(it, value, pointer, faults);
                break;
            case (IntegerShape it, JsonValueKind.Number):
                Add(faults, value.TryGetInt64(out var number) && !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E')
                    ? Integer(it, number, pointer)
                    : new WrongType(pointer, "integer"));
                break;
            case (BooleanShape, JsonValueKind.True or JsonValueKind.False):
                break;
            case (TextShape or CodeShape or DateShape or TimeShape or IdShape, JsonValueKind.String):
                Add(faults, TryGetText(value, out var text) ? Text(shape, text, pointer) : new CharactersNotAllowed(pointer));
                break;
            default:
                faults.Add(new WrongType(pointer, JsonType(shape)));
                break;
        }
    }

    /// <summary>The same rules for a text from elsewhere, such as a query parameter.</summary>
    /// <returns>The first fault of the text, or null.</returns>
    public static Invalid? Text(Shape shape, string text, string field) => shape switch
    {
        TextShape it => Words(it, text, field),
        CodeShape it => it.Codes.Contains(text) ? null : new UnknownCode(field, it.Codes),
        DateShape => LocalDatePattern.Iso.Parse(text) is { Success: true, Value.Year: >= 1900 and <= 2999 } ? null : new MalformedDate(field),
        TimeShape => InstantPattern.ExtendedIso.Parse(text).Success ? null : new MalformedTime(field),
        IdShape => IdShape.Regex.IsMatch(text) ? null : new MalformedId(field),
        IntegerShape it => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Integer(it, number, field)
            : new WrongType(field, "integer"),
        BooleanShape => text is "true" or "false" ? null : new WrongType(field, "boolean"),
        _ => throw new NotSupportedException($"{shape.GetType().Name} cannot be written as text."),
    };

    private static Invalid? Words(TextShape shape, string text, string field)
    {
        if (text.Length > shape.Max)
            return new TooLong(field, shape.Max);
        if (text.Length < shape.Min)
            return new TooShort(field, shape.Min);
        if (!Characters.AreAllowed(shape.IsScanned ? text.Replace("\u001D", "", StringComparison.Ordinal) : text, shape.IsMultiline))
            return new CharactersNotAllowed(field);
        if (shape.Min > 0 && string.IsNullOrWhiteSpace(text))
            return new Blank(field);
        return shape.Pattern is { } pattern && !pattern.Regex.IsMatch(text) ? new PatternMismatch(field, pattern.Anchored) : null;
    }

    private static NumberOutOfRange? Integer(IntegerShape shape, long number, string field) =>
        number < shape.Min || number > shape.Max ? new NumberOutOfRange(field, shape.Min, shape.Max) : null;

    private static void CheckObject(ObjectShape shape, JsonElement value, string pointer, List<Invalid> faults)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (!TryGetName(property, out var name))
            {
                faults.Add(new UnknownMember(pointer));
                continue;
            }

            var at = Pointer(pointer, name);
            if (!seen.Add(name))
                faults.Add(new DuplicateMember(at));
            else if (shape.Members.Value.FirstOrDefault(m => m.Name == name) is not { } member)
                faults.Add(new UnknownMember(at));
            else if (property.Value.ValueKind == JsonValueKind.Null)
                Add(faults, member.IsNullable ? null : new Required(at));
            else
                Check(member.Shape, property.Value, at, faults);
            if (faults.Count >= MaxFaults)
                return;
        }

        faults.AddRange(shape.Members.Value.Where(m => m.IsRequired && !seen.Contains(m.Name)).Select(m => new Required(Pointer(pointer, m.Name))));
    }

    private static void CheckAmount(AmountShape shape, JsonElement value, string pointer, List<Invalid> faults)
    {
        var before = faults.Count;
        CheckObject((ObjectShape)AmountMembers.Value, value, pointer, faults);
        if (faults.Count > before)
            return;
        var found = Amounts.Read(value.GetProperty("amount").GetString()!, value.GetProperty("currency").GetString()!, pointer, shape.AllowsZero);
        Add(faults, found.IsSuccess ? null : (Invalid)found.Error);
    }

    /// <summary>The members of <see cref="AmountDto"/> as plain text; <see cref="Amounts"/> says what is wrong with them in the bank's words.</summary>
    private static readonly Lazy<Shape> AmountMembers = new(() => new ObjectShape(typeof(AmountDto), new(() =>
    [
        new MemberShape("amount", new TextShape(0, int.MaxValue, null, true), true, false, null),
        new MemberShape("currency", new TextShape(0, int.MaxValue, null, true), true, false, null),
    ])));

    private static void CheckList(ListShape shape, JsonElement value, string pointer, List<Invalid> faults)
    {
        var length = value.GetArrayLength();
        if (length > shape.Max)
            faults.Add(new TooManyItems(pointer, shape.Max));
        else if (length < shape.Min)
            faults.Add(new TooFewItems(pointer, shape.Min));
        else
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
                Check(shape.Item, item, $"{pointer}/{index++}", faults);
        }
    }

    private static string JsonType(Shape shape) => shape switch
    {
        ObjectShape or AmountShape => "object",
        ListShape => "array",
        IntegerShape => "integer",
        BooleanShape => "boolean",
        MapShape or AnyShape => throw new NotSupportedException("For answers only."),
        _ => "string",
    };

    /// <summary>False for escapes that are half of a surrogate pair, which are JSON and no text.</summary>
    public static bool TryGetText(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    public static bool TryGetName(JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }

    /// <summary>RFC 6901; a name from outside is cut, so that the answer stays small.</summary>
    private static string Pointer(string parent, string name) =>
        $"{parent}/{(name.Length > 64 ? name[..64] : name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static void Add(List<Invalid> faults, Invalid? fault)
    {
        if (fault is not null)
            faults.Add(fault);
    }
}
