using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Documents;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Notifications;

public static class NotificationsSetup
{
    public static IServiceCollection AddNotifications(this IServiceCollection services) =>
        services.AddDocuments().AddTable(NoticeKeys.Table)
            .AddSingleton<NoticeTable>()
            .AddSingleton<NoticeTexts>()
            .AddSingleton<MessageGateways>()
            .AddSingleton<SendNotice>()
            .AddSingleton<DeliverNotice>()
            .AddSingleton<SweepNotices>();
}
