using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serverless.Emulator.Durable.Client;
using Serverless.Emulator.Durable.Engine;
using Serverless.Emulator.Durable.Http;
using Serverless.Emulator.Durable.Replay;
using Serverless.Emulator.Durable.Storage;
using Serverless.Emulator.Hosting;

namespace Serverless.Emulator.Durable;

/// <summary>Orchestration and activity triggers, the durable client binding, the management API.</summary>
internal sealed class DurableExtension : IHostExtension
{
    public void Configure(IServiceCollection services, HostStartup startup)
    {
        services.AddSingleton(_ => DurableOptions.Read(startup.HostJson, text => startup.Resolve(text, "host.json")));
        services.AddSingleton<DataConverter>(provider =>
            new SerializerDataConverter(provider.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer));
        services.AddSingleton<FunctionTasks>(provider => new(
            provider.GetRequiredService<FunctionCatalog>().Enabled,
            provider.GetRequiredService<IFunctionInvoker>(),
            provider.GetRequiredService<DataConverter>()));
        services.AddSingleton<HubTables>(provider => new(
            startup.Configuration["AzureWebJobsStorage"]
                ?? throw new FunctionMisconfiguredException("The setting 'AzureWebJobsStorage' is missing: orchestrations are kept there."),
            provider.GetRequiredService<DurableOptions>().HubName,
            provider.GetServices<HubCallPolicy>()));
        services.AddSingleton<DurableEngine>(provider => new(
            provider.GetRequiredService<DurableOptions>(),
            provider.GetRequiredService<HubTables>(),
            provider.GetRequiredService<FunctionTasks>(),
            provider.GetRequiredService<DataConverter>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<HubClient>(provider => new(
            provider.GetRequiredService<DurableEngine>(),
            provider.GetRequiredService<HubTables>().Store,
            provider.GetRequiredService<DataConverter>())
        {
            Server = provider.GetService<IServer>(),
        });
    }

    public bool Handles(TriggerBindingAttribute trigger) => trigger is OrchestrationTriggerAttribute or ActivityTriggerAttribute;

    public bool Handles(InputBindingAttribute input) => input is DurableClientAttribute;

    public void Validate(HostedFunction function, HostStartup startup)
    {
        if (function.Trigger is OrchestrationTriggerAttribute && function.TriggerParameter.ParameterType != typeof(TaskOrchestrationContext))
            throw new FunctionMisconfiguredException(function.Name, "[OrchestrationTrigger] belongs on a TaskOrchestrationContext (DURABLE1001).");
    }

    public IEnumerable<IFunctionListener> CreateListeners(IReadOnlyList<HostedFunction> functions, IServiceProvider services)
    {
        foreach (var function in functions)
            RefuseOtherClients(function);
        if (!functions.Any(UsesDurable))
            return [];

        return [new DurableListener(services.GetRequiredService<HubTables>(), services.GetRequiredService<DurableEngine>())];
    }

    public ValueTask<BoundValue> BindAsync(HostedInvocation invocation, int parameter, object? source)
    {
        var target = invocation.Function.MethodParameters[parameter];
        if (invocation.Function.Inputs[parameter] is DurableClientAttribute)
            return BoundValue.Of(invocation.InstanceServices.GetRequiredService<HubClient>());

        return invocation.Function.Trigger switch
        {
            ActivityTriggerAttribute => BindActivity(invocation, target, source),
            OrchestrationTriggerAttribute => BindOrchestration(invocation, target),
            _ => BoundValue.Unhandled,
        };
    }

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        if (services.GetRequiredService<FunctionCatalog>().Enabled.Any(UsesDurable))
            new ManagementApi(services.GetRequiredService<HubClient>(), services.GetRequiredService<FunctionTasks>()).Map(endpoints);
    }

    private static void RefuseOtherClients(HostedFunction function)
    {
        foreach (var parameter in function.MethodParameters)
        {
            if (parameter.GetCustomAttribute<DurableClientAttribute>() is not null && parameter.ParameterType != typeof(DurableTaskClient))
                throw new FunctionMisconfiguredException(
                    function.Name, $"[DurableClient] belongs on a DurableTaskClient, and '{parameter.Name}' is none (DURABLE1002).");
        }
    }

    private static bool UsesDurable(HostedFunction function) =>
        function.Trigger is OrchestrationTriggerAttribute or ActivityTriggerAttribute
        || function.MethodParameters.Any(parameter => parameter.GetCustomAttribute<DurableClientAttribute>() is not null);

    private static ValueTask<BoundValue> BindActivity(HostedInvocation invocation, ParameterInfo target, object? source)
    {
        if (target != invocation.Function.TriggerParameter || source is not string data)
            return BoundValue.Unhandled;

        var converter = invocation.InstanceServices.GetRequiredService<DataConverter>();
        return BoundValue.Of(converter.Deserialize(data, target.ParameterType));
    }

    /// <summary>The input binds to the first plain parameter, and only if its value is of exactly the declared type.</summary>
    private static ValueTask<BoundValue> BindOrchestration(HostedInvocation invocation, ParameterInfo target)
    {
        if (target == invocation.Function.TriggerParameter)
            return BoundValue.Of(invocation.Request.TriggerData);
        if (target != InputParameter(invocation.Function) || invocation.Features.Get<ExecutionStart>()?.Input?.Text is not { } data)
            return BoundValue.Unhandled;

        var value = invocation.InstanceServices.GetRequiredService<DataConverter>().Deserialize(data, target.ParameterType);
        return value?.GetType() == target.ParameterType ? BoundValue.Of(value) : BoundValue.Unhandled;
    }

    private static ParameterInfo? InputParameter(HostedFunction function) => function.MethodParameters.FirstOrDefault(parameter =>
        parameter.ParameterType != typeof(FunctionContext)
        && parameter.ParameterType != typeof(CancellationToken)
        && parameter.GetCustomAttribute<BindingAttribute>() is null);
}
