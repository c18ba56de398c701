namespace Azure.Data.Tables;

/// <summary>The four system properties of every row; the rest of a class's public properties are its columns.</summary>
public interface ITableEntity
{
    string PartitionKey { get; set; }

    string RowKey { get; set; }

    /// <summary>Written by the service; what the client sets is not sent.</summary>
    DateTimeOffset? Timestamp { get; set; }

    ETag ETag { get; set; }
}
