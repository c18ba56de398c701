using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Customers;

/// <summary>Indexes of what only one customer may have: a phone number, a personal number.</summary>
/// <remarks>
/// The row is written before the customer's details, and the details decide: a row that they do not bear out leads nowhere, and may be taken over
/// once whoever wrote it cannot be about to write the details any more. So no crash locks a number for ever, and no two customers end up with one.
/// </remarks>
internal sealed class UniqueNumbers(BankTables tables, FindContactDetails details, TimeProvider time)
{
    /// <summary>Longer than any request lives (the platform ends one after 230 seconds).</summary>
    private static readonly Duration WriterLivesAtMost = Duration.FromMinutes(4);

    private const int TriesAtMost = 8;

    private TableClient Table => tables.Open(CustomerKeys.Table);

    /// <summary>Two storage calls.</summary>
    /// <param name="has">Whether the details bear it out.</param>
    /// <returns>Null when the number is no customer's.</returns>
    public async Task<CustomerId?> FindAsync(string partition, Func<ContactDetails, bool> has, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(partition, CustomerKeys.Owner, null, cancellation);
        if (!row.HasValue)
            return null;
        var owner = CustomerId.Of(row.Value!.GetString("Customer")!);
        return await details.RunAsync(owner, cancellation) is { } contact && has(contact) ? owner : null;
    }

    /// <returns>False when another customer has the number, or is about to.</returns>
    public async Task<bool> ClaimAsync(string partition, CustomerId customer, Func<ContactDetails, bool> has, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            var claim = new TableEntity(partition, CustomerKeys.Owner) { ["Customer"] = customer.Value, ["ClaimedAt"] = now.ToDateTimeOffset() };
            var row = await Table.GetEntityIfExistsAsync<TableEntity>(partition, CustomerKeys.Owner, null, cancellation);
            try
            {
                if (!row.HasValue)
                {
                    await Table.AddEntityAsync(claim, cancellation);
                    return true;
                }

                var owner = CustomerId.Of(row.Value!.GetString("Customer")!);
                if (owner != customer && (IsYoung(row.Value, now) || (await details.RunAsync(owner, cancellation) is { } contact && has(contact))))
                    return false;

                // Also one's own, so that nobody takes it over at the same moment.
                await Table.UpdateEntityAsync(claim, row.Value.ETag, TableUpdateMode.Replace, cancellation);
                return true;
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                // Somebody else claims it too: look again.
            }
        }

        return false;
    }

    /// <summary>Gives a number free that the details no longer have. If it is not done, the row leads nowhere.</summary>
    public async Task ReleaseAsync(string partition, CustomerId customer, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(partition, CustomerKeys.Owner, null, cancellation);
        if (!row.HasValue || row.Value!.GetString("Customer") != customer.Value)
            return;
        await Table.TryDeleteAsync(partition, CustomerKeys.Owner, row.Value.ETag, cancellation);
    }

    private static bool IsYoung(TableEntity row, Instant now) =>
        row.GetDateTimeOffset("ClaimedAt") is { } at && now - Instant.FromDateTimeOffset(at) < WriterLivesAtMost;
}
