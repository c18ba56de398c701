using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Customers;

/// <summary>Registers or replaces where the bank reaches a customer.</summary>
public sealed class SaveContactDetails(BankTables tables)
{
    private readonly TableClient table = tables.Open(CustomerKeys.Table);

    public async Task RunAsync(ContactDetails contact, CancellationToken cancellation)
    {
        var row = new TableEntity(CustomerKeys.Partition(contact.Customer), CustomerKeys.Contact)
        {
            ["Name"] = contact.Name,
            ["Language"] = contact.Language.Code(),
            ["PushToken"] = contact.PushToken!,
            ["Email"] = contact.Email!,
            ["Phone"] = contact.Phone!,
        };
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }
}
