using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serverless.Emulator.Hosting;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>What the function returned; null until it has. Setting it replaces the answer.</summary>
    public static InvocationResult GetInvocationResult(this FunctionContext context) => new HostedInvocationResult(context.Invocation());

    public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context) =>
        new HostedInvocationResult<T>(context.Invocation());
}

public static class FunctionContextHttpRequestExtensions
{
    /// <summary>Null when the function was not triggered by HTTP.</summary>
    public static ValueTask<HttpRequestData?> GetHttpRequestDataAsync(this FunctionContext context) =>
        ValueTask.FromResult(context.Invocation().RequestData());

    public static HttpResponseData? GetHttpResponseData(this FunctionContext context) =>
        context.Invocation().Result as HttpResponseData;
}

public static class FunctionContextLoggerExtensions
{
    public static ILogger<T> GetLogger<T>(this FunctionContext context) => context.InstanceServices.GetRequiredService<ILogger<T>>();

    public static ILogger GetLogger(this FunctionContext context, string categoryName) =>
        context.InstanceServices.GetRequiredService<ILoggerFactory>().CreateLogger(categoryName);
}
