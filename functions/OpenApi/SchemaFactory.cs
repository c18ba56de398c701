using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Serverless.Functions.Http;

namespace Serverless.Functions.OpenApi;

/// <summary>Writes <see cref="Shape"/>s as JSON Schema 2020-12; records and codes become components of the document.</summary>
/// <remarks>What is sent to the bank is strict (limits, no other members); answers say what is in them and may grow.</remarks>
internal sealed class SchemaFactory(OpenApiDocument document)
{
    public const string Amount = "Amount";
    public const string PositiveAmount = "PositiveAmount";
    public const string AmountOrZero = "AmountOrZero";

    private readonly Dictionary<string, (Type Type, bool IsInput)> names = new(StringComparer.Ordinal);

    public IOpenApiSchema Of(Shape shape, bool isInput) => shape switch
    {
        ObjectShape it => Component(NameOf(it.Type, isInput), it.Type, isInput, () => Record(it, isInput)),
        CodeShape { Type: { } type } it => Component(type.Name, type, false, () => Codes(it)),
        AmountShape it => Component(
            !isInput ? Amount : it.AllowsZero ? AmountOrZero : PositiveAmount, typeof(AmountShape), isInput && it.AllowsZero, () => AmountSchema(isInput)),
        _ => Described(Plain(shape, isInput), shape),
    };

    private OpenApiSchema Plain(Shape shape, bool isInput) => shape switch
    {
        TextShape it => Text(it, isInput),
        CodeShape it => Codes(it),
        IntegerShape it => Integer(it),
        BooleanShape => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        DateShape => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" },
        TimeShape => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        IdShape => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", Pattern = isInput ? IdShape.Pattern : null },
        ListShape it => new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = Of(it.Item, isInput),
            MinItems = isInput && it.Min > 0 ? it.Min : null,
            MaxItems = isInput ? it.Max : null,
        },
        MapShape it => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(it.Value, isInput) },
        _ => new OpenApiSchema(),
    };

    private static OpenApiSchema Described(OpenApiSchema schema, Shape shape)
    {
        schema.Description ??= shape.Description;
        if (shape.Example is { } example)
            schema.Examples = [example.DeepClone()];
        return schema;
    }

    private static OpenApiSchema Text(TextShape shape, bool isInput) => isInput
        ? new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            MinLength = shape.Min > 0 ? shape.Min : null,
            MaxLength = shape.Max,
            Pattern = shape.Pattern?.Anchored
                ?? (shape.IsScanned ? Characters.ScannedPattern : shape.IsMultiline ? Characters.MultilinePattern : Characters.Pattern),
        }
        : new OpenApiSchema { Type = JsonSchemaType.String };

    private static OpenApiSchema Integer(IntegerShape shape) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = shape is { Min: >= int.MinValue, Max: <= int.MaxValue } ? "int32" : "int64",
        Minimum = shape.Min is int.MinValue or long.MinValue ? null : shape.Min.ToString(CultureInfo.InvariantCulture),
        Maximum = shape.Max is int.MaxValue or long.MaxValue ? null : shape.Max.ToString(CultureInfo.InvariantCulture),
    };

    private static OpenApiSchema Codes(CodeShape shape) => new()
    {
        Type = JsonSchemaType.String,
        Description = shape.Description,
        Enum = [.. shape.Codes.Select(code => (JsonNode)JsonValue.Create(code)!)],
    };

    private static OpenApiSchema AmountSchema(bool isInput) => new()
    {
        Type = JsonSchemaType.Object,
        Description = Shapes.Of(typeof(AmountDto)).Description,
        Required = new HashSet<string> { "amount", "currency" },
        AdditionalPropertiesAllowed = !isInput,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["amount"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "Decimal string with exactly the currency's own number of digits.",
                Pattern = isInput ? AmountShape.Pattern : AmountShape.Pattern.Replace("^", "^-?", StringComparison.Ordinal),
            },
            ["currency"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "ISO 4217.", Pattern = "^[A-Z]{3}$" },
        },
        Examples = [Examples.Of(new AmountShape(false))!],
    };

    private OpenApiSchema Record(ObjectShape shape, bool isInput)
    {
        var members = shape.Members.Value;
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = shape.Description,
            Required = members.Where(m => !isInput || m.IsRequired).Select(m => m.Name).ToHashSet(),
            AdditionalPropertiesAllowed = !isInput,
            Properties = members.ToDictionary(m => m.Name, m => Member(m, isInput)),
        };
    }

    private IOpenApiSchema Member(MemberShape member, bool isInput)
    {
        var schema = Of(member.Shape, isInput);
        if (schema is OpenApiSchema own)
        {
            if (member.IsNullable && own.Type is { } type)
                own.Type = type | JsonSchemaType.Null;
            own.Description = member.Description ?? own.Description;
            own.Default = isInput ? member.Default?.DeepClone() : null;
            return own;
        }

        if (member.IsNullable)
        {
            // The type would follow from the choices; readers that generate code, and the reference page, want it said.
            return new OpenApiSchema
            {
                Type = (member.Shape is CodeShape ? JsonSchemaType.String : JsonSchemaType.Object) | JsonSchemaType.Null,
                OneOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }],
                Description = member.Description,
            };
        }

        if (schema is OpenApiSchemaReference reference)
        {
            reference.Description = member.Description;
            reference.Default = isInput ? member.Default?.DeepClone() : null;
        }

        return schema;
    }

    private OpenApiSchemaReference Component(string name, Type type, bool isInput, Func<OpenApiSchema> make)
    {
        if (names.TryGetValue(name, out var known))
        {
            if (known.Type != type)
                throw new InvalidOperationException($"{known.Type} and {type} would both be '{name}' in the OpenAPI document.");
        }
        else
        {
            // The name first: a record may hold itself.
            names.Add(name, (type, isInput));
            document.AddComponent(name, make());
        }

        return new OpenApiSchemaReference(name, document);
    }

    private static string NameOf(Type type, bool isInput)
    {
        var name = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(PageResponse<>)
            ? Trimmed(type.GetGenericArguments()[0].Name) + "Page"
            : Trimmed(type.Name.Split('`')[0]) + string.Concat(type.GetGenericArguments().Select(a => $"Of{a.Name}"));
        return isInput && !name.EndsWith("Request", StringComparison.Ordinal) ? name + "Input" : name;
    }

    private static string Trimmed(string name) =>
        name.EndsWith("Dto", StringComparison.Ordinal) ? name[..^3] : name.EndsWith("Response", StringComparison.Ordinal) ? name[..^8] : name;
}
