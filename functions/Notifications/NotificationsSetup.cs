using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Notifications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Notifications;

public static class NotificationsSetup
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<NotificationsOptions>(configuration, "Notifications").AddNotifications();
}
