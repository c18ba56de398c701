using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Storage;

public static class StorageSetup
{
    /// <summary>The tables' factory, and their creation when the app starts. The app binds <see cref="StorageOptions"/>.</summary>
    public static IServiceCollection AddBankStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>();
        services.TryAddSingleton<BankTables>();
        services.AddMetrics().TryAddSingleton<BankMetrics>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CreateTablesAtStart>());
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }

    /// <summary>Says that a capability keeps rows in this table.</summary>
    /// <param name="name">Letters and digits, without the prefix.</param>
    public static IServiceCollection AddTable(this IServiceCollection services, string name) =>
        services.AddBankStorage().AddSingleton(new BankTable(name));
}
