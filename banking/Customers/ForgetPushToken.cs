using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Customers;

/// <summary>Takes a push address that is none any more out of a customer's contact details.</summary>
public sealed class ForgetPushToken(BankTables tables)
{
    private readonly TableClient table = tables.Open(CustomerKeys.Table);

    public async Task RunAsync(CustomerId customer, string token, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            CustomerKeys.Partition(customer), CustomerKeys.Contact, cancellationToken: cancellation);
        if (!found.HasValue || found.Value!.GetString("PushToken") != token)
            return;
        found.Value.Remove("PushToken");
        // False: registered anew at the same moment: the next push tells.
        await table.TryUpdateAsync(found.Value, found.Value.ETag, TableUpdateMode.Replace, cancellation);
    }
}
