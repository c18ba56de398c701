using NodaTime;

namespace Serverless.Banking.Bills;

/// <summary>A client code at a company that a customer registered under a name of their own (BILL-02).</summary>
/// <param name="Name">1 to 60 characters; several contracts may have the same.</param>
public sealed record Contract(ContractId Id, CustomerId Customer, ClientAccount Account, string Name, Instant RegisteredAt)
{
    public const int NameLengthAtMost = 60;

    public override string ToString() => $"{Account.Company} {Id}";
}

/// <remarks>The default value of this type is no contract.</remarks>
public readonly record struct ContractId(Guid Value)
{
    /// <summary>One customer has one contract per client code at a company, so these three name it: registering again can only meet the first.</summary>
    internal static ContractId Of(CustomerId customer, ClientAccount account) =>
        new(Ledger.StableGuid.Of("bill_contract", customer.Value, account.Company.Value, account.ClientCode));

    public override string ToString() => Value.ToString("D");
}
