namespace Serverless.Banking.Ledger;

/// <summary>A reservation of available balance.</summary>
/// <remarks>The default value of this type names no hold.</remarks>
public readonly record struct HoldId(Guid Value)
{
    /// <inheritdoc cref="TransactionId.Derive"/>
    public static HoldId Derive(params ReadOnlySpan<string> parts) => new(StableGuid.Of(parts));

    public override string ToString() => Value.ToString("N");
}
