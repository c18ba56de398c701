using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Banking.Notifications;

public static class NotificationsSetup
{
    public static IServiceCollection AddNotifications(this IServiceCollection services) =>
        services.AddSingleton<NoticeTable>()
            .AddSingleton<NoticeTexts>()
            .AddSingleton<MessageGateways>()
            .AddSingleton<SendNotice>()
            .AddSingleton<DeliverNotice>()
            .AddSingleton<SweepNotices>();
}
