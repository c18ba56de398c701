namespace Serverless.Testing;

/// <summary>Says that the test kills this operation at every one of its storage calls (<see cref="CrashHarness"/>).</summary>
/// <remarks>A test finds every operation of the product that writes the ledger and has none, and every attribute whose test does not call the operation.</remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ProvesCrashSafetyAttribute(Type operation) : Attribute
{
    public Type Operation { get; } = operation;
}
