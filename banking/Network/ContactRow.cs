using Azure;
using Azure.Data.Tables;
using NodaTime;

namespace Serverless.Banking.Network;

/// <summary>A contact; also, with <see cref="RequestHash"/>, what an idempotency key created; also, with <see cref="BlockedCustomer"/> or without, a block.</summary>
internal sealed class ContactRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public Guid Id { get; set; }

    public string? Name { get; set; }

    public string? Phone { get; set; }

    public DateTimeOffset? AddedAt { get; set; }

    public bool? IsRegistered { get; set; }

    public DateTimeOffset? CheckedAt { get; set; }

    public string? RequestHash { get; set; }

    /// <summary>Who had the number when it was blocked; null when nobody.</summary>
    public string? BlockedCustomer { get; set; }

    public static ContactRow Of(Contact contact) => new()
    {
        PartitionKey = NetworkKeys.Partition(contact.Owner),
        RowKey = NetworkKeys.Contact(contact.Id),
        Id = contact.Id.Value,
        Name = contact.Name,
        Phone = contact.Phone.Value,
        AddedAt = contact.AddedAt.ToDateTimeOffset(),
        IsRegistered = contact.IsRegistered,
        CheckedAt = contact.CheckedAt.ToDateTimeOffset(),
    };

    public static ContactRow ForKey(CustomerId owner, ContactId id, IdempotencyKey key, string requestHash) => new()
    {
        PartitionKey = NetworkKeys.Partition(owner),
        RowKey = NetworkKeys.Key(owner, key),
        Id = id.Value,
        RequestHash = requestHash,
    };

    public static ContactRow Block(CustomerId owner, ContactId number, CustomerId? blocked) => new()
    {
        PartitionKey = NetworkKeys.Partition(owner),
        RowKey = NetworkKeys.Block(number),
        Id = number.Value,
        BlockedCustomer = blocked?.Value,
    };

    public static ContactRow BlockOf(CustomerId owner, ContactId number, CustomerId blocked) => new()
    {
        PartitionKey = NetworkKeys.Partition(owner),
        RowKey = NetworkKeys.BlockedCustomer(blocked),
        Id = number.Value,
        BlockedCustomer = blocked.Value,
    };

    public Contact ToContact(RequestPermission requests) => new(
        new ContactId(Id), CustomerId.Of(PartitionKey), Name!, PhoneNumber.Find(Phone)!.Value, Instant.FromDateTimeOffset(AddedAt!.Value), IsRegistered ?? false,
        Instant.FromDateTimeOffset(CheckedAt!.Value), requests);
}
