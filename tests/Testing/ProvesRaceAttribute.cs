namespace Serverless.Testing;

/// <summary>Says that the test races an operation with itself over HTTP; a test names the mutating operations that nobody races.</summary>
/// <param name="function">The function's name, as in <c>[Function("Bills_Pay")]</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ProvesRaceAttribute(string function) : Attribute
{
    public string Function { get; } = function;
}
