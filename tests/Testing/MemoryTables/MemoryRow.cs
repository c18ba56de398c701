using System.Globalization;
using Azure;

namespace Serverless.Testing;

/// <summary>A row as stored; never changed, only replaced.</summary>
/// <param name="Version">Another for every write of any table.</param>
/// <param name="Stored">What <see cref="StoredColumns"/> wrote.</param>
internal sealed record MemoryRow(string Partition, string Key, long Version, DateTimeOffset WrittenAt, byte[] Stored)
{
    public ETag ETag => new(string.Create(CultureInfo.InvariantCulture, $"W/\"{Version}\""));

    /// <summary>All of it: keys, <c>Timestamp</c> and <c>odata.etag</c> too.</summary>
    public Dictionary<string, object> Columns()
    {
        var columns = new Dictionary<string, object>(32)
        {
            ["PartitionKey"] = Partition,
            ["RowKey"] = Key,
            ["Timestamp"] = WrittenAt,
            ["odata.etag"] = ETag.ToString(),
        };
        foreach (var (name, value) in StoredColumns.Read(Stored))
        {
            columns[name] = value;
        }

        return columns;
    }

    /// <summary>Null when the row does not have it.</summary>
    public object? Find(string column) => column switch
    {
        "PartitionKey" => Partition,
        "RowKey" => Key,
        "Timestamp" => WrittenAt,
        _ => StoredColumns.Read(Stored).FirstOrDefault(one => one.Key == column).Value,
    };
}
