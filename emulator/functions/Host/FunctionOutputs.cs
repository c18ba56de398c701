using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Serverless.Emulator.Hosting;

/// <summary>Reads where a function's return value goes.</summary>
internal static class FunctionOutputs
{
    /// <exception cref="FunctionMisconfiguredException">Outputs on method and type, or a type without its one HTTP answer.</exception>
    public static IReadOnlyList<FunctionOutput> Of(string name, MethodInfo method)
    {
        var onMethod = method.GetCustomAttributes<OutputBindingAttribute>().ToList();
        if (onMethod.Count > 1)
            throw new FunctionMisconfiguredException(name, "more than one output attribute on the method; use a return type with properties (AZFW0005).");

        var onProperties = ReturnedType(method).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (Property: property, Attribute: property.GetCustomAttribute<OutputBindingAttribute>()))
            .Where(output => output.Attribute is not null)
            .Select(output => new FunctionOutput(output.Property.Name, output.Attribute!, output.Property))
            .ToList();
        if (onMethod.Count == 1)
            return [new FunctionOutput("$return", onMethod[0], null)];

        if (onProperties.Count > 0 && method.GetParameters().Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null))
        {
            var answers = onProperties.Count(output => output.Attribute is HttpResultAttribute);
            if (answers != 1)
            {
                throw new FunctionMisconfiguredException(
                    name, $"its return type has {answers} properties with [HttpResult]; exactly one is needed ({(answers == 0 ? "AZFW0015" : "AZFW0007")}).");
            }
        }

        return onProperties;
    }

    /// <summary>What is left of the return type when the task around it is taken off.</summary>
    public static Type ReturnedType(MethodInfo method)
    {
        var type = method.ReturnType;
        return type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : type;
    }
}
