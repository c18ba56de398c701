namespace Serverless.Banking.Bills;

/// <summary>A company's id in the bank's catalogue: <c>oshee</c>, <c>traffic-police</c>. Part of settings, addresses and account names.</summary>
/// <remarks>The default value of this type is no company.</remarks>
public readonly record struct CompanyId(string Value)
{
    public override string ToString() => Value;
}
