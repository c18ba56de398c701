using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Serverless.Emulator.Hosting;

/// <summary>Makes the arguments of a run: by parameter name from the trigger's data, then from its metadata.</summary>
/// <remarks>
/// Per parameter: an explicit converter, then the extensions, then the app's converters, then the built-in conversions;
/// the first that does not answer Unhandled decides.
/// </remarks>
internal sealed class ParameterBinder(HostStartup startup, IOptions<WorkerOptions> options)
{
    /// <exception cref="FunctionInputConverterException">All parameters that could not be made, in one message.</exception>
    public async ValueTask<object?[]> BindAsync(HostedInvocation invocation, FunctionContext context)
    {
        var parameters = invocation.Function.MethodParameters;
        var arguments = new object?[parameters.Length];
        List<string>? faults = null;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].ParameterType == typeof(FunctionContext))
                arguments[i] = context;
            else if (parameters[i].ParameterType == typeof(CancellationToken))
                arguments[i] = context.CancellationToken;
            else if (await ConvertAsync(invocation, context, i) is { Fault: var fault } bound)
            {
                arguments[i] = bound.Value;
                if (fault is not null)
                    (faults ??= []).Add(fault);
            }
        }

        return faults is null
            ? arguments
            : throw new FunctionInputConverterException(
                $"Error converting {faults.Count} input parameters for Function '{invocation.Function.Name}': {string.Join(Environment.NewLine, faults)}");
    }

    private async ValueTask<(object? Value, string? Fault)> ConvertAsync(HostedInvocation invocation, FunctionContext context, int index)
    {
        var parameter = invocation.Function.MethodParameters[index];
        var isTrigger = ReferenceEquals(parameter, invocation.Function.TriggerParameter);
        var source = isTrigger ? invocation.Request.TriggerData : invocation.Request.Metadata.GetValueOrDefault(parameter.Name!);
        var result = await ResultAsync(invocation, context, index, source);
        if (result.Status == ConversionStatus.Succeeded)
            return (result.Value, null);

        if (result.Status == ConversionStatus.Failed && source is not null)
        {
            return (null, $"Cannot convert input parameter '{parameter.Name}' to type '{parameter.ParameterType}' "
                + $"from type '{source.GetType()}'. Error:{result.Error}");
        }

        if (parameter.HasDefaultValue)
            return (parameter.DefaultValue, null);

        return invocation.Function.Parameters[index].IsReferenceOrNullableType
            ? (null, null)
            : (null, $"Could not populate the value for '{parameter.Name}' parameter. Consider adding a default value or making the parameter nullable.");
    }

    private async ValueTask<ConversionResult> ResultAsync(HostedInvocation invocation, FunctionContext context, int index, object? source)
    {
        var parameter = invocation.Function.MethodParameters[index];
        var request = new Conversion(parameter.ParameterType, source, context);
        foreach (var type in invocation.Function.Converters[index])
        {
            var converter = (IInputConverter)ActivatorUtilities.GetServiceOrCreateInstance(context.InstanceServices, type);
            if (await converter.ConvertAsync(request) is { Status: not ConversionStatus.Unhandled } result)
                return result;
        }

        foreach (var extension in startup.Extensions)
        {
            if (await extension.BindAsync(invocation, index, source) is { IsBound: true } bound)
                return ConversionResult.Success(bound.Value);
        }

        foreach (var type in options.Value.InputConverters)
        {
            var converter = (IInputConverter)ActivatorUtilities.GetServiceOrCreateInstance(context.InstanceServices, type);
            if (await converter.ConvertAsync(request) is { Status: not ConversionStatus.Unhandled } result)
                return result;
        }

        return BuiltInConversions.Convert(parameter.ParameterType, source, options.Value.Serializer);
    }

    private sealed class Conversion(Type target, object? source, FunctionContext context) : ConverterContext
    {
        public override Type TargetType => target;

        public override object? Source => source;

        public override FunctionContext FunctionContext => context;

        public override IReadOnlyDictionary<string, object> Properties { get; } = new Dictionary<string, object>();
    }
}
