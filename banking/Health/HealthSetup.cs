using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Health;

public static class HealthSetup
{
    /// <summary>What the bank itself can look at; the app adds its own checks and the keys. It binds <see cref="HealthOptions"/>.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddBankStorage().AddOptions<HealthOptions>();
        services.TryAddSingleton<BankBlobs>();
        return services
            .AddSingleton<IReadinessCheck, TablesCheck>()
            .AddSingleton<IReadinessCheck, BlobsCheck>()
            .AddSingleton<IReadinessCheck, ClockCheck>()
            .AddSingleton<IReadinessCheck, KeysCheck>()
            .AddSingleton<CheckReadiness>();
    }
}
