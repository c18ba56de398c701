using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Emulator.Hosting;

/// <summary>HTTP triggers: their endpoints, and the request as a parameter.</summary>
internal sealed class HttpExtension : IHostExtension
{
    public void Configure(IServiceCollection services, HostStartup startup)
    {
        services.AddSingleton<ParameterBinder>();
        services.AddSingleton<HostKeys>();
        services.AddSingleton<HttpFunctionEndpoints>();
    }

    public bool Handles(TriggerBindingAttribute trigger) => trigger is HttpTriggerAttribute;

    public bool Handles(OutputBindingAttribute output) => output is HttpResultAttribute;

    public void Validate(HostedFunction function, HostStartup startup)
    {
        var type = function.TriggerParameter.ParameterType;
        if (type != typeof(HttpRequest) && type != typeof(HttpRequestData) && !function.TriggerParameter.IsDefined(typeof(InputConverterAttribute)))
        {
            throw new FunctionMisconfiguredException(
                function.Name, $"the HTTP trigger's parameter '{function.TriggerParameter.Name}' must be HttpRequest or HttpRequestData, not {type.Name}.");
        }
    }

    public void Map(IEndpointRouteBuilder endpoints) => endpoints.ServiceProvider.GetRequiredService<HttpFunctionEndpoints>().Map(endpoints);

    public ValueTask<BoundValue> BindAsync(HostedInvocation invocation, int parameter, object? source)
    {
        var type = invocation.Function.MethodParameters[parameter].ParameterType;
        if (type == typeof(HttpRequest) && invocation.HttpContext is { } http)
            return BoundValue.Of(http.Request);

        return type == typeof(HttpRequestData) && invocation.RequestData() is { } data ? BoundValue.Of(data) : BoundValue.Unhandled;
    }
}

/// <summary>Registered when the app chose ASP.NET Core's types.</summary>
internal sealed class AspNetCoreMode;
