using System.Collections;
using System.Globalization;
using Azure.Data.Tables.Internal;

namespace Azure.Data.Tables;

/// <summary>A row as a dictionary: the keys, <c>Timestamp</c>, <c>odata.etag</c> and any further column.</summary>
public sealed class TableEntity : ITableEntity, IDictionary<string, object>
{
    private readonly Dictionary<string, object> _properties;

    public TableEntity() => _properties = [];

    public TableEntity(string partitionKey, string rowKey)
        : this()
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    public TableEntity(IDictionary<string, object> values) => _properties = values is null ? [] : new Dictionary<string, object>(values);

    public string PartitionKey
    {
        get => GetString(PropertyNames.PartitionKey)!;
        set => _properties[PropertyNames.PartitionKey] = value;
    }

    public string RowKey
    {
        get => GetString(PropertyNames.RowKey)!;
        set => _properties[PropertyNames.RowKey] = value;
    }

    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(PropertyNames.Timestamp);
        set => _properties[PropertyNames.Timestamp] = value!;
    }

    public ETag ETag
    {
        get => GetString(PropertyNames.ODataETag) is { } etag ? new ETag(etag) : default;
        set => _properties[PropertyNames.ODataETag] = value.ToString();
    }

    public ICollection<string> Keys => _properties.Keys;

    ICollection<object> IDictionary<string, object>.Values => _properties.Values;

    public int Count => _properties.Count;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    /// <summary>The value, or null if the row has no such column (never a <see cref="KeyNotFoundException"/>).</summary>
    public object this[string key]
    {
        get => _properties.GetValueOrDefault(key)!;
        set => _properties[key] = Coerce(key, value);
    }

    public string? GetString(string key) => (string?)Get(key, typeof(string));

    public BinaryData? GetBinaryData(string key) => Get(key, typeof(BinaryData)) switch
    {
        byte[] bytes => new BinaryData(bytes),
        var value => (BinaryData?)value,
    };

    public byte[]? GetBinary(string key) => (byte[]?)Get(key, typeof(byte[]));

    public bool? GetBoolean(string key) => (bool?)Get(key, typeof(bool));

    public DateTime? GetDateTime(string key) => Get(key, typeof(DateTime)) switch
    {
        DateTimeOffset moment => moment.UtcDateTime,
        var value => (DateTime?)value,
    };

    public DateTimeOffset? GetDateTimeOffset(string key) => Get(key, typeof(DateTimeOffset)) switch
    {
        DateTime moment => new DateTimeOffset(moment),
        var value => (DateTimeOffset?)value,
    };

    public double? GetDouble(string key) => (double?)Get(key, typeof(double));

    public Guid? GetGuid(string key) => (Guid?)Get(key, typeof(Guid));

    public int? GetInt32(string key) => (int?)Get(key, typeof(int));

    public long? GetInt64(string key) => (long?)Get(key, typeof(long));

    public void Add(string key, object value) => _properties.Add(key, value);

    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    public bool Remove(string key) => _properties.Remove(key);

    public bool TryGetValue(string key, out object value) => _properties.TryGetValue(key, out value!);

    public void Clear() => _properties.Clear();

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => this[item.Key] = item.Value;

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) =>
        ((ICollection<KeyValuePair<string, object>>)_properties).Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object>>)_properties).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) =>
        ((ICollection<KeyValuePair<string, object>>)_properties).Remove(item);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _properties.GetEnumerator();

    internal void SetRead(string key, object value) => _properties[key] = value;

    private object? Get(string key, Type type)
    {
        if (!_properties.TryGetValue(key, out var value) || value is null)
            return null;

        var convertible = type.IsInstanceOfType(value)
            || (type == typeof(DateTime) && value is DateTimeOffset)
            || (type == typeof(DateTimeOffset) && value is DateTime)
            || (type == typeof(BinaryData) && value is byte[]);

        return convertible
            ? value
            : throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"Cannot return {type} type for a {value.GetType()} typed property."));
    }

    /// <summary>A column that was Int64 or Double stays so when an <c>int</c> is assigned: its type in the table must not change by accident.</summary>
    private object Coerce(string key, object value) => value is int number
        ? _properties.GetValueOrDefault(key) switch
        {
            double => (double)number,
            long => (long)number,
            _ => value,
        }
        : value;
}
