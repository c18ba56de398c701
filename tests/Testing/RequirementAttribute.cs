using Xunit.v3;

namespace Serverless.Testing;

/// <summary>Names the row of docs/requirements.csv that the test proves; <c>make coverage</c> counts the passing ones.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequirementAttribute(string id) : Attribute, ITraitAttribute
{
    public string Id { get; } = id;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Requirement", Id)];
}
