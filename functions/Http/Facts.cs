using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>The facts of an error: the public properties that its own record adds, as members of the problem document.</summary>
internal static class Facts
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();

    public static JsonObject Of(Error error)
    {
        var facts = new JsonObject();
        foreach (var property in PropertiesOf(error.GetType()))
            facts[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = Node(property.GetValue(error));
        return facts;
    }

    public static PropertyInfo[] PropertiesOf(Type error) => Known.GetOrAdd(error, type =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => !IsOfBase(p))]);

    /// <summary>An id type (<c>readonly record struct AccountId(Guid Value)</c>) is written as its value.</summary>
    public static object? Unwrap(object? value) =>
        value is not null && IsWrapper(value.GetType()) ? value.GetType().GetProperty("Value")!.GetValue(value) : value;

    public static bool IsWrapper(Type type) => type is { IsValueType: true, IsPrimitive: false, IsEnum: false }
        && type.Namespace?.StartsWith("Serverless.", StringComparison.Ordinal) == true
        && type.GetProperties(BindingFlags.Public | BindingFlags.Instance) is [{ Name: "Value" }];

    /// <summary>Code, Field, Status and the list of faults have their own places in the document.</summary>
    private static bool IsOfBase(PropertyInfo property) =>
        property.DeclaringType == typeof(InvalidInput)
        || (property.DeclaringType is { IsAbstract: true } && property.Name is "Code" or "Field" or "Status")
        || property.Name is "EqualityContract"
        || (property.Name == "Field" && typeof(Invalid).IsAssignableFrom(property.DeclaringType));

    private static JsonNode? Node(object? value) =>
        Unwrap(value) is { } plain ? JsonSerializer.SerializeToNode(plain, plain.GetType(), ApiJson.Options) : null;
}
