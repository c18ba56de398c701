using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Customers;

/// <summary>What a customer wants to be told; the defaults until the customer chooses.</summary>
public sealed class FindNotificationSettings(BankTables tables)
{
    private readonly TableClient table = tables.Open(CustomerKeys.Table);

    public async Task<NotificationSettings> RunAsync(CustomerId customer, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            CustomerKeys.Partition(customer), CustomerKeys.NotificationSettings, cancellationToken: cancellation);
        return found.HasValue && found.Value!.GetBoolean("NewInvoicePush") is { } newInvoicePush
            ? new NotificationSettings(newInvoicePush)
            : NotificationSettings.Default;
    }
}
