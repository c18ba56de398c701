using System.Collections.Concurrent;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>Makes <see cref="Shape"/>s from records, their members' types and the limits written on them.</summary>
internal static class Shapes
{
    private static readonly ConcurrentDictionary<Type, ObjectShape> Objects = new();

    /// <exception cref="NotSupportedException">A member has a type that the API has no form for; the message names it.</exception>
    public static Shape Of(Type type) => Of(type, []);

    private static Shape Of(Type type, Attribute[] limits)
    {
        var shape = Unadorned(type, limits);
        return Find<ExampleAttribute>(limits) is { } example ? shape with { Example = ExampleNode(shape, example.Value) } : shape;
    }

    private static Shape Unadorned(Type type, Attribute[] limits)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Unadorned(underlying, limits);
        if (type == typeof(string) || type == typeof(CustomerId) || type == typeof(Currency))
            return TextOf(type, limits);
        if (type == typeof(AmountDto) || type == typeof(Money))
            return new AmountShape(Find<OrZeroAttribute>(limits) is not null) { Description = type == typeof(AmountDto) ? DescriptionOf(type) : null };
        if (type == typeof(Guid))
            return new IdShape();
        if (type == typeof(bool))
            return new BooleanShape();
        if (type == typeof(int) || type == typeof(long))
            return IntegerOf(type, limits);
        if (type == typeof(LocalDate))
            return new DateShape();
        if (type == typeof(Instant) || type == typeof(DateTimeOffset))
            return new TimeShape();
        if (type.IsEnum)
            return CodesOf(type);
        if (type.GetCustomAttribute<TextFormAttribute>() is { } form)
            return new TextShape(1, form.LengthAtMost, new PatternAttribute(form.Pattern), false) { Example = form.Example, Harmless = form.Harmless };
        if (Ids.IsId(type))
            return Unadorned(Ids.ValueTypeOf(type), limits);
        if (type == typeof(JsonElement) || type == typeof(JsonNode) || type == typeof(object))
            return new AnyShape();
        if (ItemOf(type, typeof(IReadOnlyDictionary<,>), 1) is { } value)
            return new MapShape(Of(value));
        if (ItemOf(type, typeof(IReadOnlyList<>), 0) is { } item)
            return new ListShape(Of(item), Find<MinLengthAttribute>(limits)?.Length ?? 0, Find<MaxLengthAttribute>(limits)?.Length ?? ListShape.DefaultMax);
        if (type is { IsClass: true, IsAbstract: false } && type.Assembly != typeof(object).Assembly)
            return Objects.GetOrAdd(type, t => new ObjectShape(t, new(() => MembersOf(t))) { Description = DescriptionOf(t) });
        throw new NotSupportedException($"The API has no form for {type}.");
    }

    private static TextShape TextOf(Type type, Attribute[] limits) =>
        type == typeof(CustomerId) ? new TextShape(9, 9, new PatternAttribute("[0-9]{9}"), false) { Example = "100000001" }
        : type == typeof(Currency) ? new TextShape(3, 3, new PatternAttribute("[A-Z]{3}"), false) { Example = "ALL" }
        : new TextShape(
            Find<MinLengthAttribute>(limits)?.Length ?? 1,
            Find<MaxLengthAttribute>(limits)?.Length ?? TextShape.DefaultMax,
            Find<PatternAttribute>(limits),
            Find<MultilineAttribute>(limits) is not null)
        {
            IsScanned = Find<ScannedAttribute>(limits) is not null,
        };

    private static IntegerShape IntegerOf(Type type, Attribute[] limits)
    {
        var range = Find<RangeAttribute>(limits);
        return new IntegerShape(
            range is null ? (type == typeof(int) ? int.MinValue : long.MinValue) : Convert.ToInt64(range.Minimum, null),
            range is null ? (type == typeof(int) ? int.MaxValue : long.MaxValue) : Convert.ToInt64(range.Maximum, null));
    }

    public static CodeShape CodesOf(Type type) =>
        new([.. Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)]) { Type = type, Description = DescriptionOf(type) };

    private static List<MemberShape> MembersOf(Type type)
    {
        var nullability = new NullabilityInfoContext();
        var parameters = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters();
        var members = new List<MemberShape>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0)
                continue;
            var parameter = parameters.FirstOrDefault(p => string.Equals(p.Name, property.Name, StringComparison.OrdinalIgnoreCase));
            try
            {
                members.Add(MemberOf(property, parameter, nullability));
            }
            catch (NotSupportedException e)
            {
                throw new NotSupportedException($"{type.Name}.{property.Name}: {e.Message}", e);
            }
        }

        return members;
    }

    private static MemberShape MemberOf(PropertyInfo property, ParameterInfo? parameter, NullabilityInfoContext nullability)
    {
        Attribute[] limits = [.. property.GetCustomAttributes(), .. parameter?.GetCustomAttributes() ?? []];
        var declared = property.PropertyType;
        var isOptional = declared.IsGenericType && declared.GetGenericTypeDefinition() == typeof(Optional<>);
        var type = isOptional ? declared.GetGenericArguments()[0] : declared;
        var info = nullability.Create(property);
        var isNullable = Nullable.GetUnderlyingType(type) is not null
            || (!type.IsValueType && (isOptional ? info.GenericTypeArguments[0] : info).ReadState == NullabilityState.Nullable);
        var fallback = parameter is { HasDefaultValue: true, DefaultValue: { } value } ? DefaultNode(value) : null;
        return new MemberShape(
            JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            Of(type, limits),
            IsRequired: !isOptional && !isNullable && parameter is not { HasDefaultValue: true },
            isNullable,
            isOptional ? null : fallback)
        {
            Description = Find<DescriptionAttribute>(limits)?.Description,
        };
    }

    private static JsonNode? DefaultNode(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), ApiJson.Options);

    private static JsonNode? ExampleNode(Shape shape, string example) => shape switch
    {
        TextShape or CodeShape or DateShape or TimeShape or IdShape => JsonValue.Create(example),
        _ => JsonNode.Parse(example),
    };

    private static string? DescriptionOf(Type type) => type.GetCustomAttribute<DescriptionAttribute>()?.Description;

    private static T? Find<T>(Attribute[] limits) where T : Attribute => limits.OfType<T>().FirstOrDefault();

    private static Type? ItemOf(Type type, Type generic, int argument) => (type.IsInterface ? type.GetInterfaces().Prepend(type) : type.GetInterfaces())
        .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == generic)?.GetGenericArguments()[argument];
}
