namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes a public method a function. Names are unique in the app, whatever their case.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
