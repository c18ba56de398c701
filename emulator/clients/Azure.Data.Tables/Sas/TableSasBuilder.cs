using System.Globalization;
using System.Text;

namespace Azure.Data.Tables.Sas;

/// <summary>Builds a shared access signature for one table, or for a range of its rows.</summary>
/// <remarks>Source: "Create a service SAS" of the storage REST reference, string to sign of version 2018-11-09 and later.</remarks>
public class TableSasBuilder
{
    private const string Version = "2019-02-02";

    public TableSasBuilder()
    {
    }

    public TableSasBuilder(string tableName, TableSasPermissions permissions, DateTimeOffset expiresOn)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        TableName = tableName;
        ExpiresOn = expiresOn;
        SetPermissions(permissions);
    }

    public TableSasBuilder(string tableName, string rawPermissions, DateTimeOffset expiresOn)
        : this(tableName, default(TableSasPermissions), expiresOn) => SetPermissions(rawPermissions);

    public string? TableName { get; set; }

    /// <summary>The letters of the permissions in the service's order, <c>raud</c>.</summary>
    public string Permissions { get; private set; } = "";

    public DateTimeOffset StartsOn { get; set; }

    public DateTimeOffset ExpiresOn { get; set; }

    public TableSasProtocol Protocol { get; set; }

    /// <summary>The stored access policy that holds what is not said here.</summary>
    public string? Identifier { get; set; }

    public string? PartitionKeyStart { get; set; }

    public string? PartitionKeyEnd { get; set; }

    public string? RowKeyStart { get; set; }

    public string? RowKeyEnd { get; set; }

    public void SetPermissions(TableSasPermissions permissions)
    {
        var letters = new StringBuilder(4);
        foreach (var (permission, letter) in new[]
        {
            (TableSasPermissions.Read, 'r'), (TableSasPermissions.Add, 'a'), (TableSasPermissions.Update, 'u'), (TableSasPermissions.Delete, 'd'),
        })
        {
            if (permissions.HasFlag(permission))
                letters.Append(letter);
        }

        Permissions = letters.ToString();
    }

    public void SetPermissions(string rawPermissions) => Permissions = rawPermissions;

    /// <returns>The query string, without a leading question mark.</returns>
    public string Sign(TableSharedKeyCredential sharedKeyCredential)
    {
        ArgumentNullException.ThrowIfNull(sharedKeyCredential);
        ArgumentException.ThrowIfNullOrEmpty(TableName);

        // The service compares the resource in lower case.
        var table = TableName.ToLowerInvariant();
        string?[] signed =
        [
            Permissions, TimeOf(StartsOn), TimeOf(ExpiresOn), $"/table/{sharedKeyCredential.AccountName}/{table}", Identifier, null, ProtocolOf(Protocol),
            Version, PartitionKeyStart, RowKeyStart, PartitionKeyEnd, RowKeyEnd,
        ];
        var signature = sharedKeyCredential.Sign(string.Join('\n', signed));

        (string Name, string? Value)[] query =
        [
            ("sv", Version), ("tn", table), ("spk", PartitionKeyStart), ("srk", RowKeyStart), ("epk", PartitionKeyEnd), ("erk", RowKeyEnd),
            ("spr", ProtocolOf(Protocol)), ("st", TimeOf(StartsOn)), ("se", TimeOf(ExpiresOn)), ("si", Identifier), ("sp", Permissions), ("sig", signature),
        ];
        return string.Join('&', query.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
    }

    private static string? TimeOf(DateTimeOffset moment) =>
        moment == default ? null : moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string? ProtocolOf(TableSasProtocol protocol) => protocol switch
    {
        TableSasProtocol.Https => "https",
        TableSasProtocol.HttpsAndHttp => "https,http",
        _ => null,
    };
}
