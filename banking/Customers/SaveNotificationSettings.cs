using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Customers;

/// <summary>Replaces what a customer wants to be told.</summary>
public sealed class SaveNotificationSettings(BankTables tables)
{
    private readonly TableClient table = tables.Open(CustomerKeys.Table);

    public async Task RunAsync(CustomerId customer, NotificationSettings settings, CancellationToken cancellation)
    {
        var row = new TableEntity(CustomerKeys.Partition(customer), CustomerKeys.NotificationSettings)
        {
            ["NewInvoicePush"] = settings.NewInvoicePush,
        };
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }
}
