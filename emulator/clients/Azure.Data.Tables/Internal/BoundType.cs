using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;

namespace Azure.Data.Tables.Internal;

/// <summary>The columns of a class: its public instance properties, less those marked <see cref="IgnoreDataMemberAttribute"/>.</summary>
/// <remarks>
/// A <see cref="DataMemberAttribute"/> renames a column. The four system properties come from <see cref="ITableEntity"/>, so an
/// explicit implementation works too. Cached for the life of the process.
/// </remarks>
internal sealed class BoundType
{
    private static readonly ConcurrentDictionary<Type, BoundType> Types = new();

    private readonly BoundMember[] _written;
    private readonly Dictionary<string, BoundMember>.AlternateLookup<ReadOnlySpan<char>> _read;

    private BoundType(Type type)
    {
        var members = new Dictionary<string, BoundMember>(StringComparer.Ordinal);
        foreach (var property in typeof(ITableEntity).GetProperties())
        {
            var name = property.Name == PropertyNames.ETag ? PropertyNames.ODataETag : property.Name;
            members[name] = BoundMember.Create(name, property);
        }

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length == 0
                && !property.IsDefined(typeof(IgnoreDataMemberAttribute), inherit: true)
                && typeof(ITableEntity).GetProperty(property.Name) is null)
                members.TryAdd(NameOf(property), BoundMember.Create(NameOf(property), property));
        }

        _written = [.. members.Values.Where(member => member.Name is not (PropertyNames.ODataETag or PropertyNames.Timestamp))];
        _read = members.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static BoundType Of(Type type) => Types.GetOrAdd(type, static found => new BoundType(found));

    /// <summary>The column a property is kept in.</summary>
    public static string NameOf(MemberInfo property) => property.GetCustomAttribute<DataMemberAttribute>()?.Name ?? property.Name;

    public void Write(Utf8JsonWriter writer, object entity)
    {
        foreach (var member in _written)
            member.Write(writer, entity);
    }

    /// <summary>Fills the entity from the object the reader has just entered; unknown columns are passed over.</summary>
    public void Read(ref Utf8JsonReader reader, object entity)
    {
        Span<char> name = stackalloc char[256];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var length = reader.HasValueSequence || reader.ValueSpan.Length > name.Length ? 0 : reader.CopyString(name);
            reader.Read();
            if (_read.TryGetValue(name[..length], out var member))
                member.Read(ref reader, entity);
            else
                reader.Skip();
        }
    }
}
