using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Outbox;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Profile;

/// <summary>The profiles in storage; see the README.</summary>
internal sealed class ProfileTable(BankTables tables)
{
    public const string Name = "Profiles";
    private const string ProfileRow = "profile";
    private const string RelationshipRow = "relationship";
    private const string Due = "due";

    private TableClient Table => tables.Open(Name);

    public async Task<CustomerProfile> FindAsync(CustomerId customer, CancellationToken cancellation)
    {
        var row = await RowAsync(customer.Value, ProfileRow, cancellation);
        return row is null ? CustomerProfile.Empty : new CustomerProfile(
            Text(row, "PhotoId"), Enum.TryParse<PhotoOrigin>(Text(row, "Origin"), out var origin) ? origin : null, Text(row, "AvatarId"), row.GetBoolean("ShowsPhoto") == true,
            Text(row, "Address") is { } address ? StoredJson.Read<ResidenceAddress>(address) : null);
    }

    /// <summary>Columns apart, so that two changes at the same moment do not undo each other; an empty text is none.</summary>
    public Task SetPhotoAsync(CustomerId customer, string? photoId, PhotoOrigin? origin, string? avatarId, CancellationToken cancellation) => MergeAsync(
        new TableEntity(customer.Value, ProfileRow) { ["PhotoId"] = photoId ?? "", ["Origin"] = origin?.ToString() ?? "", ["AvatarId"] = avatarId ?? "" }, cancellation);

    public Task SetShowsPhotoAsync(CustomerId customer, bool shows, CancellationToken cancellation) =>
        MergeAsync(new TableEntity(customer.Value, ProfileRow) { ["ShowsPhoto"] = shows }, cancellation);

    /// <param name="tells">Goes into the address's group.</param>
    public Task SetAddressAsync(CustomerId customer, ResidenceAddress address, OutboxRow tells, CancellationToken cancellation) => Table.SubmitTransactionAsync(
        [new(TableTransactionActionType.UpsertMerge, new TableEntity(customer.Value, ProfileRow) { ["Address"] = StoredJson.Write(address) }), tells.Add()], cancellation);

    /// <summary>Of a newcomer, who has said both himself: nobody is told.</summary>
    public async Task SaveFirstAsync(CustomerId customer, ResidenceAddress address, string branch, CancellationToken cancellation)
    {
        await MergeAsync(new TableEntity(customer.Value, ProfileRow) { ["Address"] = StoredJson.Write(address) }, cancellation);
        await SaveRelationshipAsync(customer, new Relationship(branch, null), cancellation);
    }

    /// <summary>For somebody who has not become a customer after all.</summary>
    public async Task RemoveAsync(CustomerId customer, CancellationToken cancellation)
    {
        await Table.TryDeleteAsync(customer.Value, ProfileRow, ETag.All, cancellation);
        await Table.TryDeleteAsync(customer.Value, RelationshipRow, ETag.All, cancellation);
    }

    public async Task<Relationship> FindRelationshipAsync(CustomerId customer, CancellationToken cancellation) =>
        await RowAsync(customer.Value, RelationshipRow, cancellation) is { } row ? StoredJson.Read<Relationship>(row.GetString("Content")!) : new Relationship(null, null);

    public Task SaveRelationshipAsync(CustomerId customer, Relationship relationship, CancellationToken cancellation) =>
        MergeAsync(new TableEntity(customer.Value, RelationshipRow) { ["Content"] = StoredJson.Write(relationship) }, cancellation);

    public async Task<StoredEmailChange?> FindEmailChangeAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await RowAsync(customer.Value, EmailRow(id), cancellation) is { } row
            ? new StoredEmailChange(
                customer, id, row.GetString("Email")!, Instant.FromUnixTimeMilliseconds(row.GetInt64("ExpiresAt")!.Value), row.GetInt32("Tries")!.Value,
                row.GetInt64("ConfirmedAt") is { } at ? Instant.FromUnixTimeMilliseconds(at) : null, Text(row, "OldEmail"), Text(row, "Origin"), row.GetBoolean("Done") == true,
                row.GetString("RequestHash")!, row.ETag)
            : null;

    /// <returns>False when it is there already.</returns>
    public async Task<bool> AddEmailChangeAsync(StoredEmailChange change, CancellationToken cancellation)
    {
        try
        {
            await Table.AddEntityAsync(ToRow(change), cancellation);
            return true;
        }
        catch (RequestFailedException e) when (StorageFaults.IsConflict(e))
        {
            return false;
        }
    }

    /// <returns>False when it was changed since it was read.</returns>
    public async Task<bool> ChangeEmailChangeAsync(StoredEmailChange change, CancellationToken cancellation)
    {
        try
        {
            await Table.UpdateEntityAsync(ToRow(change), change.ETag, TableUpdateMode.Replace, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (StorageFaults.IsStale(e))
        {
            return false;
        }
    }

    public Task EraseEmailChangeAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        Table.DeleteEntityAsync(customer.Value, EmailRow(id), ETag.All, cancellation);

    /// <summary>Says when somebody is to look; before what there will be to see is written.</summary>
    public Task RemindAsync(CustomerId customer, string about, Instant at, CancellationToken cancellation) =>
        MergeAsync(new TableEntity(Due, $"{at.ToUnixTimeMilliseconds():D14}|{customer.Value}|{about}"), cancellation);

    public async IAsyncEnumerable<(string Row, CustomerId Customer, string About)> DueAsync(Instant until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = $"{until.ToUnixTimeMilliseconds():D14}}}";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Due} and RowKey le {end}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
        {
            var parts = row.RowKey.Split('|', 3);
            yield return (row.RowKey, CustomerId.Of(parts[1]), parts[2]);
        }
    }

    public Task DropDueAsync(string row, CancellationToken cancellation) => Table.DeleteEntityAsync(Due, row, ETag.All, cancellation);

    private async Task<TableEntity?> RowAsync(string partition, string row, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private Task MergeAsync(TableEntity row, CancellationToken cancellation) => Table.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellation);

    private static string EmailRow(Guid id) => $"email|{id:N}";

    private static string? Text(TableEntity row, string column) => row.GetString(column) is { Length: > 0 } text ? text : null;

    private static TableEntity ToRow(StoredEmailChange change) => new(change.Customer.Value, EmailRow(change.Id))
    {
        ["Email"] = change.Email,
        ["ExpiresAt"] = change.ExpiresAt.ToUnixTimeMilliseconds(),
        ["Tries"] = change.Tries,
        ["ConfirmedAt"] = change.ConfirmedAt?.ToUnixTimeMilliseconds()!,
        ["OldEmail"] = change.OldEmail ?? "",
        ["Origin"] = change.Origin ?? "",
        ["Done"] = change.IsDone,
        ["RequestHash"] = change.RequestHash,
    };
}

/// <param name="Tries">Wrong codes so far.</param>
/// <param name="OldEmail">The address in force when it was confirmed.</param>
/// <param name="IsDone">The new address is in force, and everybody has been told.</param>
internal sealed record StoredEmailChange(
    CustomerId Customer, Guid Id, string Email, Instant ExpiresAt, int Tries, Instant? ConfirmedAt, string? OldEmail, string? Origin, bool IsDone, string RequestHash, ETag ETag);
