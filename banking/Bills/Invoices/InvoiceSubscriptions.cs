using Azure.Data.Tables;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

/// <summary>Who wants to hear of the new invoices of which client account.</summary>
/// <remarks>
/// The contract is the truth; this is the index that polling works through. It is written before the contract, so a contract is never
/// without it. A row that a killed registration or removal left behind names no contract any more, and whoever finds that drops it.
/// </remarks>
internal sealed class InvoiceSubscriptions(BankTables tables, InvoiceTable invoices)
{
    private readonly TableClient accounts = tables.Open(InvoiceKeys.Table);
    private readonly TableClient polling = tables.Open(PollingKeys.Table);

    /// <param name="known">The client account's invoices as they were read before the company was asked.</param>
    /// <param name="unpaid">What is unpaid at registration: recorded, and not new for this contract (BILL-10).</param>
    public async Task AddAsync(Contract contract, KnownInvoices known, UnpaidAtCompany unpaid, DateTimeOffset now, CancellationToken cancellation)
    {
        var partition = InvoiceKeys.Partition(contract.Account);
        IEnumerable<ITableEntity> marks = unpaid.Invoices.Select(invoice => new SeenRow
        {
            PartitionKey = partition,
            RowKey = InvoiceKeys.Seen(contract.Id, invoice.Number),
        });
        var subscriber = new SubscriberRow
        {
            PartitionKey = partition,
            RowKey = InvoiceKeys.Subscriber(contract.Id),
            ContractId = contract.Id.Value,
            Customer = contract.Customer.Value,
        };

        // The marks come before the subscriber: a poller that runs in between finds a subscriber with all its marks or none. The polling row needs
        // no place in that order, because a poller that finds nobody drops only an old one, and only as it has read it.
        await Task.WhenAll(
            invoices.RecordAsync(known, unpaid, contract.RegisteredAt, [.. marks, subscriber], cancellation),
            polling.UpsertEntityAsync(
                new PollingRow { PartitionKey = PollingKeys.Partition(contract.Account.Company), RowKey = PollingKeys.Row(contract.Account), SubscribedAt = now },
                TableUpdateMode.Replace,
                cancellation));
    }

    /// <summary>The contract's pushes end (BILL-21). Its seen marks go too, so that registering again starts afresh.</summary>
    public async Task RemoveAsync(ClientAccount account, ContractId contract, CancellationToken cancellation)
    {
        var partition = InvoiceKeys.Partition(account);
        await accounts.DeleteEntityAsync(partition, InvoiceKeys.Subscriber(contract), cancellationToken: cancellation);

        var first = InvoiceKeys.Seen(contract, "");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first} and RowKey lt {first + "~"}");
        await foreach (var row in accounts.QueryAsync<SeenRow>(filter, cancellationToken: cancellation))
            await accounts.DeleteEntityAsync(partition, row.RowKey, cancellationToken: cancellation);
    }

    /// <summary>The contracts that point at the account, in the order of their ids.</summary>
    public async Task<IReadOnlyList<(CustomerId Customer, ContractId Contract)>> ListAsync(ClientAccount account, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {InvoiceKeys.Partition(account)} and RowKey ge {InvoiceKeys.FirstSubscriber} and RowKey lt {InvoiceKeys.AfterSubscribers}");
        var subscribers = new List<(CustomerId, ContractId)>();
        await foreach (var row in accounts.QueryAsync<SubscriberRow>(filter, cancellationToken: cancellation))
            subscribers.Add((CustomerId.Of(row.Customer), new ContractId(row.ContractId)));
        return subscribers;
    }
}
