using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace Serverless.Testing;

/// <summary>Rows from and to columns with the rules of the client: what has a public property, an ignored or renamed one, and how types travel.</summary>
internal sealed class EntityShape
{
    private static readonly ConcurrentDictionary<Type, EntityShape> Shapes = new();

    private readonly (string Name, PropertyInfo Property, bool IsWritten)[] members;

    private EntityShape(Type type)
    {
        var system = typeof(ITableEntity).GetProperties();
        var own = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && !property.IsDefined(typeof(IgnoreDataMemberAttribute), inherit: true))
            .Where(property => system.All(known => known.Name != property.Name));
        members =
        [
            .. system.Select(property => (property.Name == nameof(ITableEntity.ETag) ? "odata.etag" : property.Name, property, false)),
            .. own.Select(property => (property.GetCustomAttribute<DataMemberAttribute>()?.Name ?? property.Name, property, true)),
        ];
    }

    /// <summary>The columns without the keys.</summary>
    public static List<KeyValuePair<string, object>> Write(ITableEntity entity)
    {
        if (entity is IDictionary<string, object> values)
        {
            var columns = new List<KeyValuePair<string, object>>(values.Count);
            foreach (var (name, value) in values)
            {
                if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or "ETag") && !name.StartsWith("odata.", StringComparison.Ordinal))
                {
                    Put(columns, name, value);
                }
            }

            return columns;
        }
        else
        {
            var columns = new List<KeyValuePair<string, object>>();
            foreach (var (name, property, isWritten) in Of(entity.GetType()).members)
            {
                if (isWritten && property.CanRead)
                {
                    Put(columns, name, property.GetValue(entity));
                }
            }

            return columns;
        }
    }

    /// <param name="select">Null for all.</param>
    public static T Read<T>(Dictionary<string, object> columns, HashSet<string>? select)
        where T : class
    {
        if (typeof(T) == typeof(TableEntity) && select is null)
        {
            return (T)(object)new TableEntity(columns);
        }

        var entity = Activator.CreateInstance<T>();
        if (entity is IDictionary<string, object> values)
        {
            foreach (var (name, value) in columns)
            {
                if (IsSelected(name, select))
                {
                    values[name] = value;
                }
            }

            return entity;
        }

        foreach (var (name, property, _) in Of(typeof(T)).members)
        {
            if (property.CanWrite && IsSelected(name, select) && columns.TryGetValue(name, out var value))
            {
                property.SetValue(entity, Convert(name, value, property.PropertyType));
            }
        }

        return entity;
    }

    private static EntityShape Of(Type type) => Shapes.GetOrAdd(type, static found => new EntityShape(found));

    /// <summary>The ETag always comes, whatever is asked for.</summary>
    private static bool IsSelected(string name, HashSet<string>? select) => select is null || name == "odata.etag" || select.Contains(name);

    /// <summary>A null is not stored; a time is stored in UTC, an enum by its name.</summary>
    private static void Put(List<KeyValuePair<string, object>> columns, string name, object? value)
    {
        if (value is not null)
        {
            columns.Add(new(name, value switch
            {
                string or int or bool or long or double or Guid or byte[] => value,
                DateTimeOffset moment => moment.ToUniversalTime(),
                DateTime { Kind: DateTimeKind.Utc } moment => new DateTimeOffset(moment),
                BinaryData data => data.ToArray(),
                Enum member => member.ToString(),
                _ => throw new NotSupportedException($"Not supported type {value.GetType()} (column {name})."),
            }));
        }
    }

    private static object Convert(string name, object value, Type type)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        return (value, wanted) switch
        {
            _ when wanted.IsInstanceOfType(value) => value,
            (int number, _) when wanted == typeof(long) => (long)number,
            (int number, _) when wanted == typeof(double) => (double)number,
            (DateTimeOffset moment, _) when wanted == typeof(DateTime) => moment.UtcDateTime,
            (byte[] bytes, _) when wanted == typeof(BinaryData) => BinaryData.FromBytes(bytes),
            (string text, _) when wanted == typeof(ETag) => new ETag(text),
            (string text, { IsEnum: true }) => Enum.Parse(wanted, text),
            _ => throw new InvalidCastException($"Column {name} holds no {wanted.Name}."),
        };
    }
}
