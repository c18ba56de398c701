namespace Serverless.Banking.Bills;

/// <summary>One partition per customer, so that a contract and the idempotency key it came with are written together or not at all.</summary>
internal static class ContractKeys
{
    public const string Table = "BillContracts";

    /// <summary>Row keys of contracts are below this and not below <see cref="FirstContract"/>.</summary>
    public const string AfterContracts = "contract}";

    public const string FirstContract = "contract|";

    public static string Partition(CustomerId customer) => customer.Value;

    public static string Contract(ContractId id) => $"contract|{id.Value:N}";

    /// <summary>Which registration an idempotency key was used for. Hashed, because a key may hold characters that a row key may not.</summary>
    public static string Key(CustomerId customer, IdempotencyKey key) =>
        $"key|{Ledger.StableGuid.Of("bill_contract_key", customer.Value, key.Value):N}";
}
