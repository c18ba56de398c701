using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Functions.Webhooks;

public static class WebhooksSetup
{
    /// <summary>The door for partners' webhooks. A capability adds its <see cref="IPartnerWebhook"/> besides.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services.AddSingleton<PartnerDoor>();
}
