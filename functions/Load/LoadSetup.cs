using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking;
using Serverless.Banking.Storage;
using Serverless.Functions.Http;

namespace Serverless.Functions.Load;

internal static class LoadSetup
{
    /// <summary>Load shedding: what the middleware needs, and an eye on storage's answers.</summary>
    public static IServiceCollection AddLoadShedding(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<Backlogs>();
        services.AddValidated<LoadOptions>(configuration, "Load")
            .AddSingleton<LoadController>()
            .AddSingleton<StorageWatch>()
            .AddOptions<StorageOptions>()
            .Configure<StorageWatch>((storage, watch) => storage.ConfigureAnyClient += client => client.AddPolicy(watch, Azure.Core.HttpPipelinePosition.PerRetry));
        return services;
    }
}
