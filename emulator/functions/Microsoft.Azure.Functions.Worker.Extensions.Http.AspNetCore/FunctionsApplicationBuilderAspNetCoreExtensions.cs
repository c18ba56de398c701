using Microsoft.Extensions.DependencyInjection;
using Serverless.Emulator.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Lets functions take <c>HttpRequest</c> and answer with results. Call it before the app's own middleware.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AspNetCoreMode>();
        builder.Services.AddMvc();
        builder.Use(next => context => AspNetCoreMiddleware.InvokeAsync(context, next));
        return builder;
    }
}
