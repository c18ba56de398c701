namespace Serverless.Banking.Ledger;

/// <summary>A customer's account.</summary>
/// <remarks>The default value of this type is no account: posting to it is refused.</remarks>
public readonly record struct AccountId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}
