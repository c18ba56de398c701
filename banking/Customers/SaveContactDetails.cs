using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Customers;

/// <summary>Registers or replaces where the bank reaches a customer, and the numbers by which others find him.</summary>
/// <remarks>Order of the writes: the numbers' index rows, the details, the removal of index rows that are left over. Killed anywhere, its repeat completes it.</remarks>
public sealed class SaveContactDetails
{
    private readonly TableClient table;
    private readonly FindContactDetails find;
    private readonly UniqueNumbers numbers;

    internal SaveContactDetails(BankTables tables, FindContactDetails find, UniqueNumbers numbers) =>
        (table, this.find, this.numbers) = (tables.Open(CustomerKeys.Table), find, numbers);

    /// <returns>The details as kept. Or, first match: <see cref="PhoneTaken"/>, <see cref="PersonalNumberTaken"/>.</returns>
    public async Task<Result<ContactDetails>> RunAsync(ContactDetails contact, CancellationToken cancellation)
    {
        var before = await find.RunAsync(contact.Customer, cancellation);
        if (PhoneNumber.Find(contact.Phone) is { } phone && !await numbers.ClaimAsync(
            CustomerKeys.PhonePartition(phone), contact.Customer, other => PhoneNumber.Find(other.Phone) == phone, cancellation))
            return new PhoneTaken();
        if (PersonalNumber.Find(contact.PersonalNumber) is { } person && !await numbers.ClaimAsync(
            CustomerKeys.PersonPartition(person), contact.Customer, other => PersonalNumber.Find(other.PersonalNumber) == person, cancellation))
            return new PersonalNumberTaken();

        var row = new TableEntity(CustomerKeys.Partition(contact.Customer), CustomerKeys.Contact)
        {
            ["Name"] = contact.Name,
            ["Language"] = contact.Language.Code(),
            ["PushToken"] = contact.PushToken!,
            ["Email"] = contact.Email!,
            ["Phone"] = contact.Phone!,
            ["PersonalNumber"] = contact.PersonalNumber!,
            ["Segment"] = contact.Segment.ToString(),
        };
        if (contact.Email is { } email)
            await table.UpsertEntityAsync(CustomerKeys.EmailOwner(email, contact.Customer), TableUpdateMode.Replace, cancellation);
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        if (PhoneNumber.Find(before?.Phone) is { } oldPhone && oldPhone != PhoneNumber.Find(contact.Phone))
            await numbers.ReleaseAsync(CustomerKeys.PhonePartition(oldPhone), contact.Customer, cancellation);
        if (PersonalNumber.Find(before?.PersonalNumber) is { } oldPerson && oldPerson != PersonalNumber.Find(contact.PersonalNumber))
            await numbers.ReleaseAsync(CustomerKeys.PersonPartition(oldPerson), contact.Customer, cancellation);
        return contact;
    }
}
