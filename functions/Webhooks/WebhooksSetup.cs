using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Webhooks;
using Serverless.Functions.Http;

namespace Serverless.Functions.Webhooks;

public static class WebhooksSetup
{
    /// <summary>What partners tell the bank, and what it tells back offices. A capability adds its <see cref="Banking.Partners.IPartnerWebhook"/> and <see cref="EventType"/>s besides.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<WebhooksOptions>(configuration, "Webhooks").AddSingleton<PartnerDoor>().AddWebhooks();
}
