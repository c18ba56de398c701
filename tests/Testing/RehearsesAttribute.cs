using Xunit.v3;

namespace Serverless.Testing;

/// <summary>The test provokes this alert of <c>infra/</c> and then does what its runbook in docs/operations.md says; a test compares all three.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RehearsesAttribute(string alert) : Attribute, ITraitAttribute
{
    public string Alert { get; } = alert;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Rehearses", Alert)];
}
