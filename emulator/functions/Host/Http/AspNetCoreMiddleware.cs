using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Serverless.Emulator.Hosting;

/// <summary>
/// What <c>ConfigureFunctionsWebApplication</c> puts at its place in the pipeline: the HttpContext on the way in, the result written on the way out.
/// </summary>
internal static class AspNetCoreMiddleware
{
    public const string HttpContextKey = "HttpRequestContext";

    public static Task InvokeAsync(FunctionContext context, FunctionExecutionDelegate next) =>
        context.Invocation().HttpContext is { } http ? ServeAsync(context, http, next) : next(context);

    private static async Task ServeAsync(FunctionContext context, HttpContext http, FunctionExecutionDelegate next)
    {
        context.Items[HttpContextKey] = http;
        http.RequestServices = context.InstanceServices;
        await next(context);
        switch (context.GetInvocationResult().Value)
        {
            case IActionResult result:
                await result.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
                break;
            case IResult result:
                await result.ExecuteAsync(http);
                break;
            case HttpResponseData:
                break;
            default:
                context.InstanceServices.GetRequiredService<ILoggerFactory>().CreateLogger($"Function.{context.FunctionDefinition.Name}")
                    .LogTrace("No HTTP response returned from function '{Function}'", context.FunctionDefinition.Name);
                break;
        }
    }
}
