using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Customers;

/// <summary>Where the bank reaches a customer.</summary>
public sealed class FindContactDetails(BankTables tables)
{
    private readonly TableClient table = tables.Open(CustomerKeys.Table);

    /// <returns>Null for a customer whose contact details nobody has registered.</returns>
    public async Task<ContactDetails?> RunAsync(CustomerId customer, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            CustomerKeys.Partition(customer), CustomerKeys.Contact, cancellationToken: cancellation);
        return found.HasValue && found.Value is { } row
            ? new ContactDetails(
                customer,
                row.GetString("Name")!,
                Languages.Find(row.GetString("Language")) ?? default,
                row.GetString("PushToken"),
                row.GetString("Email"),
                row.GetString("Phone"),
                row.GetString("PersonalNumber"))
            {
                Segment = Enum.TryParse<CustomerSegment>(row.GetString("Segment"), out var segment) ? segment : default,
            }
            : null;
    }
}
