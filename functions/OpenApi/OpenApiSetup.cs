using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Functions.OpenApi;

internal static class OpenApiSetup
{
    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services) =>
        services.AddSingleton<OpenApiDocumentFactory>().AddSingleton(provider => new OpenApiText(provider.GetRequiredService<OpenApiDocumentFactory>()));
}
