using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Azure.Data.Tables.Internal;

/// <summary>One column of a class: reads and writes the property without boxing the row.</summary>
internal abstract class BoundMember(string name)
{
    public string Name { get; } = name;

    public abstract void Write(Utf8JsonWriter writer, object entity);

    public abstract void Read(ref Utf8JsonReader reader, object entity);

    public static BoundMember Create(string name, PropertyInfo property) => (BoundMember)Activator.CreateInstance(
        typeof(BoundMember<,>).MakeGenericType(property.DeclaringType!, property.PropertyType), name, property)!;
}

/// <inheritdoc/>
internal sealed class BoundMember<TEntity, TValue> : BoundMember
    where TEntity : class
{
    private readonly Func<TEntity, TValue>? _get;
    private readonly Action<TEntity, TValue>? _set;
    private readonly Type _type = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);

    public BoundMember(string name, PropertyInfo property)
        : base(name)
    {
        _get = property.GetMethod?.CreateDelegate<Func<TEntity, TValue>>();
        _set = property.SetMethod?.CreateDelegate<Action<TEntity, TValue>>();
    }

    public override void Write(Utf8JsonWriter writer, object entity)
    {
        if (_get is not null)
            EdmJson.Write(writer, Name, _get((TEntity)entity));
    }

    public override void Read(ref Utf8JsonReader reader, object entity)
    {
        if (_set is null)
            reader.Skip();
        else
            _set((TEntity)entity, reader.TokenType == JsonTokenType.Null ? default! : ReadValue(ref reader));
    }

    private TValue ReadValue(ref Utf8JsonReader reader)
    {
        try
        {
            // The comparisons of typeof(TValue) are constants for the compiler, so value types are read without boxing.
            if (typeof(TValue) == typeof(string))
                return (TValue)(object)reader.GetString()!;
            if (typeof(TValue) == typeof(int))
                return As(reader.GetInt32());
            if (typeof(TValue) == typeof(long))
                return As(ReadInt64(ref reader));
            if (typeof(TValue) == typeof(bool))
                return As(reader.GetBoolean());
            if (typeof(TValue) == typeof(ETag))
                return As(new ETag(reader.GetString()!));
            if (typeof(TValue) == typeof(DateTimeOffset?))
                return As<DateTimeOffset?>(EdmJson.ParseMoment(reader.GetString()!));

            return (TValue)ReadBoxed(ref reader)!;
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidCastException($"Column {Name} holds no {_type.Name}.", fault);
        }
    }

    private static TValue As<TActual>(TActual value) => (TValue)(object)value!;

    private object? ReadBoxed(ref Utf8JsonReader reader)
    {
        if (_type == typeof(int))
            return reader.GetInt32();
        if (_type == typeof(long))
            return ReadInt64(ref reader);
        if (_type == typeof(bool))
            return reader.GetBoolean();
        if (_type == typeof(double))
            return ReadDouble(ref reader);
        if (_type == typeof(Guid))
            return Guid.Parse(reader.GetString()!);
        if (_type == typeof(DateTimeOffset))
            return EdmJson.ParseMoment(reader.GetString()!);
        if (_type == typeof(DateTime))
            return EdmJson.ParseMoment(reader.GetString()!).UtcDateTime;
        if (_type == typeof(byte[]))
            return reader.GetBytesFromBase64();
        if (_type == typeof(BinaryData))
            return BinaryData.FromBytes(reader.GetBytesFromBase64());
        if (_type.IsEnum)
            return Enum.Parse(_type, reader.GetString()!);

        reader.Skip();
        return default(TValue);
    }

    private static long ReadInt64(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number
        ? reader.GetInt64()
        : long.Parse(reader.GetString()!, CultureInfo.InvariantCulture);

    private static double ReadDouble(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number
        ? reader.GetDouble()
        : double.Parse(reader.GetString()!, CultureInfo.InvariantCulture);
}
