using Microsoft.AspNetCore.Http;
using Serverless.Emulator.Hosting;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextExtensions
{
    /// <summary>Null for other triggers, and in middleware registered before <c>ConfigureFunctionsWebApplication</c>.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(AspNetCoreMiddleware.HttpContextKey, out var found) ? found as HttpContext : null;
}
