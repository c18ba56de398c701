using Azure.Data.Tables;
using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Deposits;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Banking.Profile;
using Serverless.Banking.Storage;

namespace Serverless.Banking.PersonalData;

/// <summary>Erases what the bank keeps only to serve a customer whom it serves no longer (right to erasure, law on the protection of personal data). Books, payments, contracts and complaints stay as long as other laws want.</summary>
/// <remarks>Killed anywhere, its repeat goes on: by what the customer is found goes last.</remarks>
public sealed class ErasePersonalData
{
    private const int RowsOfOneTransaction = 100;

    private readonly BankTables tables;
    private readonly PersonalRowReader rows;
    private readonly ListAccounts accounts;
    private readonly FindDeposits deposits;
    private readonly FindContactDetails contacts;
    private readonly UniqueNumbers numbers;
    private readonly StoredDocuments documents;

    internal ErasePersonalData(
        BankTables tables, PersonalRowReader rows, ListAccounts accounts, FindDeposits deposits, FindContactDetails contacts, UniqueNumbers numbers, StoredDocuments documents) =>
        (this.tables, this.rows, this.accounts, this.deposits, this.contacts, this.numbers, this.documents) =
        (tables, rows, accounts, deposits, contacts, numbers, documents);

    /// <returns>How many rows it would erase. Or <see cref="NothingHeld"/>, <see cref="RelationshipNotEnded"/>.</returns>
    public async Task<Result<int>> CountAsync(CustomerId customer, CancellationToken cancellation)
    {
        if (await RefuseAsync(customer, cancellation) is { } refusal)
            return refusal;
        var count = 0;
        foreach (var holding in Erased)
        {
            await foreach (var row in rows.ReadAsync(holding, customer, cancellation))
                count += IsKept(holding, row) ? 0 : 1;
        }

        return count > 0 ? count : new NothingHeld();
    }

    /// <returns>How many rows were erased; 0 when nothing was left. Or <see cref="RelationshipNotEnded"/>.</returns>
    public async Task<Result<int>> RunAsync(CustomerId customer, CancellationToken cancellation)
    {
        if (await RefuseAsync(customer, cancellation) is { } refusal)
            return refusal;
        await foreach (var (kind, id) in documents.ListAsync(customer, cancellation))
        {
            if (kind == ProfilePhotos.DocumentKind)
                await documents.RemoveAsync(customer, kind, id, cancellation);
        }

        if (await contacts.RunAsync(customer, cancellation) is { } contact)
        {
            if (PhoneNumber.Find(contact.Phone) is { } phone)
                await numbers.ReleaseAsync(CustomerKeys.PhonePartition(phone), customer, cancellation);
            if (PersonalNumber.Find(contact.PersonalNumber) is { } person)
                await numbers.ReleaseAsync(CustomerKeys.PersonPartition(person), customer, cancellation);
            if (contact.Email is { } email)
                await numbers.ReleaseAsync(CustomerKeys.EmailPartition(email), customer, cancellation);
        }

        var count = 0;
        foreach (var holding in Erased)
            count += await EraseAsync(holding, customer, cancellation);
        return count;
    }

    private async Task<Error?> RefuseAsync(CustomerId customer, CancellationToken cancellation)
    {
        var open = (await accounts.RunAsync(customer, cancellation)).Count(account => account.Status != AccountStatus.Closed)
            + (await deposits.ListAsync(customer, cancellation)).Count;
        return open > 0 ? new RelationshipNotEnded(open) : null;
    }

    private static IEnumerable<PersonalHolding> Erased => PersonalHoldings.All.Where(holding => holding.Ground == RetentionGround.Relationship);

    private static bool IsKept(PersonalHolding holding, TableEntity row) => holding.KeptRow is { } kept && row.RowKey.StartsWith(kept, StringComparison.Ordinal);

    private async Task<int> EraseAsync(PersonalHolding holding, CustomerId customer, CancellationToken cancellation)
    {
        List<TableEntity> found = [];
        await foreach (var row in rows.ReadAsync(holding, customer, cancellation))
        {
            if (!IsKept(holding, row))
                found.Add(row);
        }

        foreach (var group in found.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(RowsOfOneTransaction)))
        {
            // One by one where somebody else has erased one of them meanwhile.
            if (!await tables.Open(holding.Table).TrySubmitAsync(group.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, Azure.ETag.All)), cancellation))
            {
                foreach (var row in group)
                    await tables.Open(holding.Table).TryDeleteAsync(row.PartitionKey, row.RowKey, Azure.ETag.All, cancellation);
            }
        }

        return found.Count;
    }
}
