namespace Serverless.Functions.Http;

/// <summary>Keeps a function out of the OpenAPI document.</summary>
/// <param name="why">For the reader of the code.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UndocumentedAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}
