using Azure.Data.Tables;
using Serverless.Banking.Customers;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Notifications;

/// <summary>What a customer wants to be told; the defaults until the customer chooses.</summary>
public sealed class FindNotificationSettings(BankTables tables)
{
    internal const string OffPrefix = "Off";
    internal const string HideAmounts = "HideAmounts";

    private readonly TableClient table = tables.Open(CustomerKeys.Table);

    public async Task<NotificationSettings> RunAsync(CustomerId customer, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            CustomerKeys.Partition(customer), CustomerKeys.NotificationSettings, cancellationToken: cancellation);
        return found is { HasValue: true, Value: { } row }
            ? new NotificationSettings(
                NoticeTypes.Switchable.Where(type => row.GetBoolean(OffPrefix + type) == true).ToHashSet(), row.GetBoolean(HideAmounts) == true)
            : NotificationSettings.Default;
    }
}
