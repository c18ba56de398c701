using Azure.Data.Tables;
using Serverless.Banking.Customers;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Notifications;

/// <summary>Switches what a customer is told (PROF-20). Each choice is a column of its own, so two at the same time do not undo each other.</summary>
public sealed class SaveNotificationSettings(BankTables tables)
{
    private readonly TableClient table = tables.Open(CustomerKeys.Table);

    /// <returns>Nothing; or <see cref="NoticeMandatory"/> when a mandatory type is to be switched off (PROF-32).</returns>
    public async Task<Result<Nothing>> SwitchAsync(CustomerId customer, NoticeType type, bool isOn, CancellationToken cancellation)
    {
        if (type.IsMandatory())
            return isOn ? default(Nothing) : new NoticeMandatory();
        await SetAsync(customer, FindNotificationSettings.OffPrefix + type, !isOn, cancellation);
        return default(Nothing);
    }

    public Task HideAmountsAsync(CustomerId customer, bool hide, CancellationToken cancellation) =>
        SetAsync(customer, FindNotificationSettings.HideAmounts, hide, cancellation);

    private Task SetAsync(CustomerId customer, string column, bool value, CancellationToken cancellation) => table.UpsertEntityAsync(
        new TableEntity(CustomerKeys.Partition(customer), CustomerKeys.NotificationSettings) { [column] = value }, TableUpdateMode.Merge, cancellation);
}
