using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Serverless.Emulator.Hosting;

/// <summary>A function as found in the app: its method, its trigger, and how to call it.</summary>
internal sealed class HostedFunction(
    string name,
    string entryPoint,
    MethodInfo method,
    ParameterInfo triggerParameter,
    IReadOnlyList<FunctionOutput> outputs,
    IImmutableDictionary<string, BindingMetadata> inputBindings,
    IImmutableDictionary<string, BindingMetadata> outputBindings) : FunctionDefinition
{
    public override string Name => name;

    /// <summary>The same at every start.</summary>
    public override string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entryPoint)))[..16];

    public override string EntryPoint => entryPoint;

    public override string PathToAssembly => method.Module.FullyQualifiedName;

    public override ImmutableArray<FunctionParameter> Parameters { get; } = method.GetParameters().Select(Describe).ToImmutableArray();

    public override IImmutableDictionary<string, BindingMetadata> InputBindings => inputBindings;

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings => outputBindings;

    public MethodInfo Method => method;

    /// <summary>In the method's order, as <see cref="FunctionDefinition.Parameters"/>.</summary>
    public ParameterInfo[] MethodParameters { get; } = method.GetParameters();

    /// <summary>The input binding of each parameter, null where there is none. Read once: reflection is too slow for every run.</summary>
    public IReadOnlyList<InputBindingAttribute?> Inputs { get; } =
        method.GetParameters().Select(parameter => parameter.GetCustomAttribute<InputBindingAttribute>()).ToList();

    /// <summary>The converters that each parameter or its type names.</summary>
    public IReadOnlyList<IReadOnlyList<Type>> Converters { get; } = method.GetParameters().Select(ConvertersOf).ToList();

    /// <summary>Reads the result of the task that the method returns; null when it returns none.</summary>
    public PropertyInfo? TaskResult { get; } = method.ReturnType.IsGenericType && method.ReturnType.IsAssignableTo(typeof(Task))
        ? method.ReturnType.GetProperty(nameof(Task<>.Result))
        : null;

    public TriggerBindingAttribute Trigger { get; } = triggerParameter.GetCustomAttribute<TriggerBindingAttribute>()!;

    public ParameterInfo TriggerParameter => triggerParameter;

    public IReadOnlyList<FunctionOutput> Outputs => outputs;

    /// <summary>The return type carries several outputs, one of them perhaps the HTTP answer.</summary>
    public bool HasOutputType => Outputs.Any(output => output.Property is not null);

    public RetryAttribute? Retry => method.GetCustomAttribute<RetryAttribute>();

    /// <summary>Such as <c>httpTrigger</c>.</summary>
    public string TriggerType => BindingNames.TypeOf(Trigger);

    private static IReadOnlyList<Type> ConvertersOf(ParameterInfo parameter) =>
        parameter.GetCustomAttributes<InputConverterAttribute>()
            .Concat(parameter.ParameterType.GetCustomAttributes<InputConverterAttribute>())
            .Select(attribute => attribute.ConverterType)
            .ToList();

    private static FunctionParameter Describe(ParameterInfo parameter) =>
        new(parameter.Name!, parameter.ParameterType, parameter.HasDefaultValue, parameter.HasDefaultValue ? parameter.DefaultValue : null);
}

/// <summary>Where a return value goes: all of it when <paramref name="Property"/> is null.</summary>
internal sealed record FunctionOutput(string Name, OutputBindingAttribute Attribute, PropertyInfo? Property);

internal sealed class HostedBindingMetadata(string name, string type, BindingDirection direction) : BindingMetadata
{
    public override string Name => name;

    public override string Type => type;

    public override BindingDirection Direction => direction;
}

internal static class BindingNames
{
    /// <summary>TimerTriggerAttribute is <c>timerTrigger</c>, ServiceBusOutputAttribute is <c>serviceBus</c>.</summary>
    public static string TypeOf(BindingAttribute binding)
    {
        var name = binding.GetType().Name;
        name = name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
        name = name.EndsWith("Output", StringComparison.Ordinal) ? name[..^"Output".Length] : name;
        name = name.EndsWith("Input", StringComparison.Ordinal) ? name[..^"Input".Length] : name;
        return name is "HttpResult" ? "http" : char.ToLowerInvariant(name[0]) + name[1..];
    }
}
