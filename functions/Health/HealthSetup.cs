using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Devices;
using Serverless.Banking.Documents;
using Serverless.Banking.EKlik;
using Serverless.Banking.Health;
using Serverless.Banking.Identification;
using Serverless.Banking.Notifications;
using Serverless.Banking.Quotes;
using Serverless.Banking.Webhooks;
using Serverless.Functions.Http;

namespace Serverless.Functions.Health;

public static class HealthSetup
{
    public static IServiceCollection AddHealth(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidated<HealthOptions>(configuration, "Health")
        .AddHealth()
        .AddSingleton<IReadinessCheck, BusCheck>()
        .AddSealingKey<ApiOptions>(options => options.CursorKey)
        .AddSealingKey<DevicesOptions>(options => options.Key)
        .AddSealingKey<DocumentsOptions>(options => options.LinkKeys[0])
        .AddSealingKey<EKlikOptions>(options => options.Key)
        .AddSealingKey<IdentificationOptions>(options => options.Key)
        .AddSealingKey<NotificationsOptions>(options => options.Key)
        .AddSealingKey<QuotesOptions>(options => options.Key)
        .AddSealingKey<WebhooksOptions>(options => options.Key);

    private static IServiceCollection AddSealingKey<T>(this IServiceCollection services, Func<T, string> read) where T : class =>
        services.AddSingleton(provider => new SealingKey(() => read(provider.GetRequiredService<T>())));
}
