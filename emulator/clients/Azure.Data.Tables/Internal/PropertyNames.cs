namespace Azure.Data.Tables.Internal;

/// <summary>Names that the service gives a meaning.</summary>
internal static class PropertyNames
{
    public const string PartitionKey = "PartitionKey";
    public const string RowKey = "RowKey";
    public const string Timestamp = "Timestamp";
    public const string ETag = "ETag";
    public const string ODataETag = "odata.etag";
    public const string ODataPrefix = "odata.";
    public const string TypeSuffix = "@odata.type";
}
