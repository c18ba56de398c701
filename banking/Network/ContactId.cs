using Serverless.Banking.Ledger;

namespace Serverless.Banking.Network;

/// <remarks>The default value of this type is no contact.</remarks>
public readonly record struct ContactId(Guid Value)
{
    /// <summary>The same number is one contact of a customer, however often it is added or removed (REQ-02).</summary>
    internal static ContactId Of(CustomerId owner, PhoneNumber phone) => new(StableGuid.Of("contact", owner.Value, phone.Value));

    public override string ToString() => Value.ToString("D");
}
