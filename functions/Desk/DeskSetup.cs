using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Desk;
using Serverless.Functions.Http;
using Serverless.Functions.Webhooks;

namespace Serverless.Functions.Desk;

public static class DeskSetup
{
    /// <summary>The desk's API and page. A capability adds its <see cref="IDeskQueue"/> and its words besides.</summary>
    public static IServiceCollection AddBackOfficeDesk(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidated<DeskOptions>(configuration, "Desk")
        .AddSingleton<DeskDoor>()
        .AddSingleton<DeskPage>()
        .AddSingleton<IWebhookHandler, DecisionWebhooks>()
        .AddDesk();
}
