using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace Serverless.Testing;

/// <summary>Creates a table when it is first opened: a test uses a few of the bank's tables, and creating all of them costs more than most tests do.</summary>
/// <param name="connectionString">Of the storage account.</param>
/// <param name="configure">Of the clients that it gives; creating goes past them, so that a probe counts what the bank does.</param>
internal sealed class LazyTables(string connectionString, Action<TableClientOptions> configure) : TableServiceClient
{
    private static readonly ConcurrentDictionary<string, Lazy<bool>> Created = new(StringComparer.Ordinal);

    private readonly Lazy<TableServiceClient> service = new(() =>
    {
        var options = new TableClientOptions();
        configure(options);
        return new TableServiceClient(connectionString, options);
    });

    /// <summary>Takes away the tables whose names begin so; Azurite looks through all that there are at each call.</summary>
    public static async Task EraseAsync(string connectionString, string prefix)
    {
        var account = new TableServiceClient(connectionString);
        var start = $"{connectionString} {prefix}";
        foreach (var key in Created.Keys.Where(key => key.StartsWith(start, StringComparison.Ordinal)))
        {
            if (Created.TryRemove(key, out _))
                await account.DeleteTableAsync(key[(connectionString.Length + 1)..]);
        }
    }

    public override TableClient GetTableClient(string tableName)
    {
        _ = Created.GetOrAdd($"{connectionString} {tableName}", _ => new Lazy<bool>(() =>
        {
            new TableServiceClient(connectionString).CreateTableIfNotExists(tableName);
            return true;
        })).Value;
        return service.Value.GetTableClient(tableName);
    }
}
