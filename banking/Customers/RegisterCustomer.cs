using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Customers;

/// <summary>Somebody who becomes a customer.</summary>
/// <param name="Origin">Names what makes him one: the same origin is the same customer.</param>
internal sealed record NewCustomer(string Origin, string Name, Language Language, string Email, PhoneNumber Phone, PersonalNumber PersonalNumber);

/// <summary>Gives somebody a customer number of nine digits, with the contact details, and takes it back.</summary>
/// <remarks>
/// Numbers are a sequence that the origin determines, so that a repeat takes the same. Order of the writes: the indexes of what only one customer may have, then the details with the
/// origin, which are added and never replaced. Killed in between, the repeat goes on; a claim without details may be taken over after some minutes.
/// </remarks>
internal sealed class RegisterCustomer(BankTables tables, UniqueNumbers numbers)
{
    private const int NumbersAtMost = 8;
    private const string Origin = "Origin";

    private TableClient Table => tables.Open(CustomerKeys.Table);

    /// <returns>The customer. Or, first match: <see cref="PersonalNumberTaken"/>, <see cref="PhoneTaken"/>; then nothing is left of it.</returns>
    public async Task<Result<CustomerId>> RunAsync(NewCustomer wanted, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < NumbersAtMost; attempt++)
        {
            var customer = Number(wanted.Origin, attempt);
            var row = await FindAsync(customer, cancellation);
            if (row is not null)
            {
                if (row.GetString(Origin) == wanted.Origin)
                    return customer;
                continue;
            }

            if (!await numbers.ClaimAsync(
                CustomerKeys.PersonPartition(wanted.PersonalNumber), customer, other => PersonalNumber.Find(other.PersonalNumber) == wanted.PersonalNumber, cancellation))
                return new PersonalNumberTaken();
            if (!await numbers.ClaimAsync(CustomerKeys.PhonePartition(wanted.Phone), customer, other => PhoneNumber.Find(other.Phone) == wanted.Phone, cancellation))
            {
                await numbers.ReleaseAsync(CustomerKeys.PersonPartition(wanted.PersonalNumber), customer, cancellation);
                return new PhoneTaken();
            }

            await Table.UpsertEntityAsync(CustomerKeys.EmailOwner(wanted.Email, customer), TableUpdateMode.Replace, cancellation);
            await Table.TryAddAsync(
                new TableEntity(CustomerKeys.Partition(customer), CustomerKeys.Contact)
                {
                    ["Name"] = wanted.Name,
                    ["Language"] = wanted.Language.Code(),
                    ["Email"] = wanted.Email,
                    ["Phone"] = wanted.Phone.Value,
                    ["PersonalNumber"] = wanted.PersonalNumber.Value,
                    ["Segment"] = CustomerSegment.Individual.ToString(),
                    [Origin] = wanted.Origin,
                },
                cancellation);
            if ((await FindAsync(customer, cancellation))?.GetString(Origin) == wanted.Origin)
                return customer;

            // A branch has given the number to somebody else in this moment.
            await ReleaseAsync(wanted, customer, cancellation);
        }

        throw new InvalidOperationException("No free customer number: the number space is crowded.");
    }

    /// <summary>The customer that an origin would get first: for whoever has to look before.</summary>
    internal static CustomerId Number(string origin, int attempt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"customer|{origin}|{attempt.ToString(CultureInfo.InvariantCulture)}"));
        return CustomerId.Of((200_000_000 + (BitConverter.ToUInt64(hash) % 700_000_000)).ToString("D9", CultureInfo.InvariantCulture));
    }

    /// <summary>Takes back what <see cref="RunAsync"/> gave; nothing of a customer with another origin.</summary>
    public async Task UndoAsync(NewCustomer given, CustomerId customer, CancellationToken cancellation)
    {
        if (await FindAsync(customer, cancellation) is { } row && row.GetString(Origin) == given.Origin)
            await Table.TryDeleteAsync(CustomerKeys.Partition(customer), CustomerKeys.Contact, row.ETag, cancellation);
        await ReleaseAsync(given, customer, cancellation);
    }

    private async Task ReleaseAsync(NewCustomer given, CustomerId customer, CancellationToken cancellation)
    {
        await numbers.ReleaseAsync(CustomerKeys.PersonPartition(given.PersonalNumber), customer, cancellation);
        await numbers.ReleaseAsync(CustomerKeys.PhonePartition(given.Phone), customer, cancellation);
        await numbers.ReleaseAsync(CustomerKeys.EmailPartition(given.Email), customer, cancellation);
    }

    private async Task<TableEntity?> FindAsync(CustomerId customer, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(CustomerKeys.Partition(customer), CustomerKeys.Contact, null, cancellation);
        return found.HasValue ? found.Value : null;
    }
}
