using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Storage;

namespace Serverless.Banking.RateLimits;

public static class RateLimitsSetup
{
    /// <summary>Idempotent, because every capability that must not be asked too often asks for it.</summary>
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        if (services.All(service => service.ServiceType != typeof(RateLimits)))
            services.AddTable(RateLimits.Table).TryAddSingleton<RateLimits>();
        return services;
    }
}
