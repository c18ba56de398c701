using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Serverless.Emulator.Hosting;

/// <summary>The app's functions, found by reflection with the refusals of the official generators and analyzers.</summary>
internal sealed class FunctionCatalog(HostStartup startup)
{
    private readonly Lazy<IReadOnlyList<HostedFunction>> all = new(() => Discover(startup));

    /// <summary>In order of name; disabled ones are among them.</summary>
    /// <exception cref="FunctionMisconfiguredException">The first fault found.</exception>
    public IReadOnlyList<HostedFunction> All => all.Value;

    /// <summary>Those whose triggers are served.</summary>
    public IReadOnlyList<HostedFunction> Enabled => All.Where(function => !IsDisabled(function)).ToList();

    public bool IsDisabled(HostedFunction function) =>
        bool.TryParse(startup.Configuration[$"AzureWebJobs.{function.Name}.Disabled"], out var disabled) && disabled;

    private static List<HostedFunction> Discover(HostStartup startup)
    {
        var functions = new List<HostedFunction>();
        foreach (var method in FunctionMethods.Of(startup))
            functions.Add(Describe(method, startup));

        var twice = functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
        {
            throw new FunctionMisconfiguredException(
                twice.Key, $"the name is used by {string.Join(" and ", twice.Select(function => function.EntryPoint))}.");
        }

        var overloads = functions.GroupBy(function => function.EntryPoint, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1);
        if (overloads is not null)
        {
            throw new FunctionMisconfiguredException(
                overloads.First().Name, $"{overloads.Key} has overloads that are functions as well; give each its own method name.");
        }

        return functions.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase).ToList();
    }

    private static HostedFunction Describe(MethodInfo method, HostStartup startup)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        var entryPoint = $"{method.DeclaringType!.FullName!.Replace('+', '.')}.{method.Name}";
        RefuseShape(name, method, entryPoint);
        var parameters = method.GetParameters();
        var triggers = parameters.Where(parameter => parameter.GetCustomAttribute<TriggerBindingAttribute>() is not null).ToList();
        if (triggers.Count != 1)
        {
            throw new FunctionMisconfiguredException(name, triggers.Count == 0
                ? $"{entryPoint} has no parameter with a trigger attribute."
                : $"it has {triggers.Count} triggers ({string.Join(", ", triggers.Select(parameter => parameter.Name))}); one is allowed.");
        }

        var trigger = triggers[0].GetCustomAttribute<TriggerBindingAttribute>()!;
        var outputs = FunctionOutputs.Of(name, method);
        var function = new HostedFunction(
            name, entryPoint, method, triggers[0], outputs, InputBindings(parameters), OutputBindings(outputs, trigger));
        RefuseBindings(function, startup);
        return function;
    }

    private static void RefuseShape(string name, MethodInfo method, string entryPoint)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new FunctionMisconfiguredException(entryPoint, "the name in [Function] is empty.");

        if (!method.IsPublic)
            throw new FunctionMisconfiguredException(name, $"{entryPoint} must be public: in Azure it would be skipped without a word.");

        if (method.IsGenericMethodDefinition || method.DeclaringType!.IsGenericTypeDefinition)
            throw new FunctionMisconfiguredException(name, $"{entryPoint} must not be generic.");

        if (method.ReturnType == typeof(void) && method.GetCustomAttribute<AsyncStateMachineAttribute>() is not null)
            throw new FunctionMisconfiguredException(name, $"{entryPoint} is async void; return Task (AZFW0002).");
    }

    private static void RefuseBindings(HostedFunction function, HostStartup startup)
    {
        if (!startup.Extensions.Any(extension => extension.Handles(function.Trigger)))
            throw new FunctionMisconfiguredException(function.Name, $"no extension runs the trigger [{AttributeName(function.Trigger)}].");

        foreach (var parameter in function.MethodParameters)
        {
            if (parameter.GetCustomAttribute<InputBindingAttribute>() is { } input && !startup.Extensions.Any(extension => extension.Handles(input)))
            {
                throw new FunctionMisconfiguredException(
                    function.Name, $"no extension fills the parameter '{parameter.Name}' with [{AttributeName(input)}].");
            }
        }

        foreach (var output in function.Outputs)
        {
            if (output.Attribute is not HttpResultAttribute && !startup.Extensions.Any(extension => extension.Handles(output.Attribute)))
                throw new FunctionMisconfiguredException(function.Name, $"no extension sends the output [{AttributeName(output.Attribute)}].");
        }

        var capabilities = function.Trigger.GetType().GetCustomAttribute<BindingCapabilitiesAttribute>()?.Capabilities ?? [];
        if (function.Retry is not null && !capabilities.Contains(KnownBindingCapabilities.FunctionLevelRetry))
        {
            throw new FunctionMisconfiguredException(
                function.Name, $"a retry attribute is not allowed with [{AttributeName(function.Trigger)}] (AZFW0012).");
        }

        foreach (var extension in startup.Extensions.Where(extension => extension.Handles(function.Trigger)))
            extension.Validate(function, startup);
    }

    private static ImmutableDictionary<string, BindingMetadata> InputBindings(ParameterInfo[] parameters)
    {
        var bindings = ImmutableDictionary<string, BindingMetadata>.Empty;
        foreach (var parameter in parameters)
        {
            var attribute = parameter.GetCustomAttribute<TriggerBindingAttribute>() ?? (BindingAttribute?)parameter.GetCustomAttribute<InputBindingAttribute>();
            if (attribute is not null)
                bindings = bindings.Add(parameter.Name!, new HostedBindingMetadata(parameter.Name!, BindingNames.TypeOf(attribute), BindingDirection.In));
        }

        return bindings;
    }

    private static ImmutableDictionary<string, BindingMetadata> OutputBindings(
        IReadOnlyList<FunctionOutput> outputs, TriggerBindingAttribute trigger)
    {
        var bindings = ImmutableDictionary<string, BindingMetadata>.Empty;
        foreach (var output in outputs)
            bindings = bindings.Add(output.Name, new HostedBindingMetadata(output.Name, BindingNames.TypeOf(output.Attribute), BindingDirection.Out));

        return trigger is HttpTriggerAttribute && bindings.IsEmpty
            ? bindings.Add("$return", new HostedBindingMetadata("$return", "http", BindingDirection.Out))
            : bindings;
    }

    private static string AttributeName(Attribute attribute) => attribute.GetType().Name.Replace("Attribute", string.Empty, StringComparison.Ordinal);
}
