using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace Serverless.Emulator.Tests.Clients.Tables;

public enum Channel
{
    Mobile,
    Web,
}

/// <summary>A row with a column of every type.</summary>
public sealed class Payment : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string? Text { get; set; }

    public int Count { get; set; }

    public int? OptionalCount { get; set; }

    public long Minor { get; set; }

    public long? OptionalMinor { get; set; }

    public double Rate { get; set; }

    public double? OptionalRate { get; set; }

    public bool IsOpen { get; set; }

    public bool? OptionalFlag { get; set; }

    public DateTime At { get; set; } = DateTime.UnixEpoch;

    public DateTimeOffset BookedAt { get; set; } = DateTimeOffset.UnixEpoch;

    public DateTimeOffset? OptionalAt { get; set; }

    public Guid Id { get; set; }

    public Guid? OptionalId { get; set; }

    public byte[]? Bytes { get; set; }

    public BinaryData? Data { get; set; }

    public Channel Channel { get; set; }

    public Channel? OptionalChannel { get; set; }

    [DataMember(Name = "renamed_column")]
    public string? Renamed { get; set; }

    [IgnoreDataMember]
    public string? NotStored { get; set; }
}
