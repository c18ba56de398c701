using Azure;
using Azure.Data.Tables;
using NodaTime;

namespace Serverless.Banking.Bills;

/// <summary>A contract; also, with <see cref="RequestHash"/>, what an idempotency key registered.</summary>
internal sealed class ContractRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public Guid Id { get; set; }

    public string Company { get; set; } = "";

    public string ClientCode { get; set; } = "";

    public string Name { get; set; } = "";

    public DateTimeOffset RegisteredAt { get; set; }

    public string? RequestHash { get; set; }

    public static ContractRow From(Contract contract) => From(contract, ContractKeys.Contract(contract.Id), null);

    public static ContractRow ForKey(Contract contract, IdempotencyKey key, string requestHash) =>
        From(contract, ContractKeys.Key(contract.Customer, key), requestHash);

    public Contract ToContract() => new(
        new ContractId(Id), CustomerId.Of(PartitionKey), new ClientAccount(new CompanyId(Company), ClientCode), Name, Instant.FromDateTimeOffset(RegisteredAt));

    private static ContractRow From(Contract contract, string rowKey, string? requestHash) => new()
    {
        PartitionKey = ContractKeys.Partition(contract.Customer),
        RowKey = rowKey,
        Id = contract.Id.Value,
        Company = contract.Account.Company.Value,
        ClientCode = contract.Account.ClientCode,
        Name = contract.Name,
        RegisteredAt = contract.RegisteredAt.ToDateTimeOffset(),
        RequestHash = requestHash,
    };
}
