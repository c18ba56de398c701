using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace Serverless.Testing;

/// <summary>A storage account in memory: what several clients, one per process of the bank, see as the same tables.</summary>
public sealed class MemoryTableAccount
{
    internal ConcurrentDictionary<string, MemoryTable> Tables { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Stands in for the service where a test needs thousands of runs or nothing but the domain's own time.</summary>
/// <remarks>
/// As exact as the tests that run the same cases on it and on Azurite (MemoryTableTests). It answers at once, in the caller's thread. Only what the
/// bank calls is there: the asynchronous calls of <see cref="TableClient"/>, without SAS.
/// </remarks>
/// <param name="probe">Counts and breaks each call; null for speed.</param>
public sealed class MemoryTableService(MemoryTableAccount account, StorageProbe? probe = null) : TableServiceClient
{
    public override string AccountName => "memory";

    public override TableClient GetTableClient(string tableName) => new MemoryTableClient(account, tableName, probe);
}
