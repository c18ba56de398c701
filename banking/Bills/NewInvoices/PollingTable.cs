using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

/// <summary>The client accounts that somebody wants to hear of.</summary>
internal sealed class PollingTable(BankTables tables)
{
    private readonly TableClient table = tables.Open(PollingKeys.Table);

    public async IAsyncEnumerable<string> ListAsync(CompanyId company, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {PollingKeys.Partition(company)}");
        await foreach (var row in table.QueryAsync<PollingRow>(filter, select: ["RowKey"], cancellationToken: cancellation))
            yield return row.RowKey;
    }

    /// <returns>Null when nobody subscribes any more.</returns>
    public async Task<PollingRow?> FindAsync(ClientAccount account, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<PollingRow>(
            PollingKeys.Partition(account.Company), PollingKeys.Row(account), cancellationToken: cancellation);
        return row.HasValue ? row.Value : null;
    }

    /// <summary>Drops a row for which no subscriber was found, unless somebody subscribed since it was read.</summary>
    public async Task DropAsync(PollingRow row, CancellationToken cancellation)
    {
        try
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            // A new subscriber: the row stays.
        }
    }
}
