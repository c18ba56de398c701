using System.Collections.Concurrent;
using Azure.Core;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Storage;

/// <summary>Opens the bank's tables; the only place that knows the storage account and the prefix.</summary>
/// <remarks>Every table is registered by its capability with <see cref="StorageSetup.AddTable"/>. Opening calls nothing over the network.</remarks>
public sealed class BankTables(IOptions<StorageOptions> options, IEnumerable<BankTable> tables, TokenCredential? credential = null)
{
    private readonly string[] names = [.. tables.Select(table => table.Name).Distinct(StringComparer.Ordinal)];
    private readonly Lazy<TableServiceClient> service = new(() => Connect(options.Value, credential));
    private readonly ConcurrentDictionary<string, TableClient> opened = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">Nobody registered the name, so nobody would create the table.</exception>
    public TableClient Open(string name) => opened.GetOrAdd(name, _ => names.Contains(name, StringComparer.Ordinal)
        ? service.Value.GetTableClient(options.Value.TablePrefix + name)
        : throw new InvalidOperationException($"Table '{name}' is not registered: call AddTable in its capability's set-up."));

    /// <summary>Creates every registered table that does not exist yet. Harmless to repeat and to race.</summary>
    /// <remarks>A few at a time: in a burst of all of them the last waits for the others, longer than an impatient client does.</remarks>
    public Task CreateMissingAsync(CancellationToken cancellation) => Parallel.ForEachAsync(
        names,
        new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellation },
        async (name, stop) => await Open(name).CreateIfNotExistsAsync(stop));

    /// <summary>One small read, for whoever wants to know whether the tables can be reached.</summary>
    /// <returns>What time it is there, to the second; null when the answer does not say.</returns>
    public async Task<DateTimeOffset?> ProbeAsync(CancellationToken cancellation) =>
        (await Open(names[0]).GetEntityIfExistsAsync<TableEntity>("probe", "probe", ["PartitionKey"], cancellation)).GetRawResponse().Headers.Date;

    private static TableServiceClient Connect(StorageOptions options, TokenCredential? credential)
    {
        var client = new TableClientOptions();
        options.ConfigureAnyClient?.Invoke(client);
        options.ConfigureClient?.Invoke(client);
        return options switch
        {
            { Service: { } service } => service,
            { ConnectionString: { Length: > 0 } connection } => new TableServiceClient(connection, client),
            { TablesUri: { } uri } when credential is not null => new TableServiceClient(uri, credential, client),
            _ => throw new InvalidOperationException("Set Storage:ConnectionString, or Storage:TablesUri and a credential."),
        };
    }
}
