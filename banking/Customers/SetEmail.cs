using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Customers;

/// <summary>Puts a confirmed e-mail address into a customer's contact details, and leaves the rest of them as it is.</summary>
public sealed class SetEmail(BankTables tables)
{
    private readonly TableClient table = tables.Open(CustomerKeys.Table);

    /// <summary>Of a customer without contact details nothing is kept.</summary>
    public async Task RunAsync(CustomerId customer, string email, CancellationToken cancellation)
    {
        await table.UpsertEntityAsync(CustomerKeys.EmailOwner(email, customer), TableUpdateMode.Replace, cancellation);
        try
        {
            await table.UpdateEntityAsync(
                new TableEntity(CustomerKeys.Partition(customer), CustomerKeys.Contact) { ["Email"] = email }, ETag.All, TableUpdateMode.Merge, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
        }
    }
}
