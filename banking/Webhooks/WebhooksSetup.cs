using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Audit;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Webhooks;

public static class WebhooksSetup
{
    /// <summary>What the bank tells back offices, and what it keeps of what partners tell. Idempotent, because every capability that publishes asks for it. The app binds <see cref="WebhooksOptions"/> and adds its <see cref="Messages.IWorkMessages"/>.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(WebhookTable)))
            return services;
        services.AddOptions<WebhooksOptions>();
        services.AddTable(WebhookTable.Name).AddTable(WebhookDeliveries.Table).AddAudit();
        services.TryAddSingleton<WebhookDeliveries>();
        services.TryAddSingleton<LaterWork>();
        services.AddOperation<FailedMessages>();
        services.AddSingleton<WebhookTable>().AddSingleton<WebhookSeal>().AddSingleton<EndpointSecrets>().AddSingleton<AllowedAddresses>().AddSingleton<EndpointRules>();
        services.AddSingleton<WebhookSender>().AddSingleton<EventTypes>();
        services.AddOperation<PublishEvent>().AddOperation<DeliverWebhook>().AddOperation<SweepWebhooks>().AddOperation<EraseOldWebhooks>();
        return services.AddOperation<CreateEndpoint>().AddOperation<ChangeEndpoint>().AddOperation<ListEndpoints>().AddOperation<ReplayDelivery>();
    }
}
