using System.Reflection;

namespace Serverless.Functions.Http;

/// <summary>The bank's id types: a struct of one public property, <c>Value</c>.</summary>
internal static class Ids
{
    public static bool IsId(Type type) => type is { IsValueType: true, IsPrimitive: false, IsEnum: false, IsGenericType: false }
        && type.Namespace?.StartsWith("Serverless.", StringComparison.Ordinal) == true
        && type.GetProperties(BindingFlags.Public | BindingFlags.Instance) is [{ Name: "Value" }];

    public static Type ValueTypeOf(Type id) => id.GetProperty("Value")!.PropertyType;

    /// <summary>The value of an id, and anything else as it is.</summary>
    public static object? Unwrap(object? value) =>
        value is not null && IsId(value.GetType()) ? value.GetType().GetProperty("Value")!.GetValue(value) : value;
}
