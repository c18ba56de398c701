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

    /// <summary>Code, Field, Status and the list of faults have their own places in the document.</summary>
    private static bool IsOfBase(PropertyInfo property) =>
        property.DeclaringType == typeof(InvalidInput)
        || (property.DeclaringType is { IsAbstract: true } && property.Name is "Code" or "Field" or "Status")
        || property.Name is "EqualityContract"
        || (property.Name == "Field" && typeof(Invalid).IsAssignableFrom(property.DeclaringType));

    private static JsonNode? Node(object? value) =>
        value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), ApiJson.Options);
}
