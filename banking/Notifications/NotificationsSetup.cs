using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Audit;
using Serverless.Banking.Devices;
using Serverless.Banking.Documents;
using Serverless.Banking.Outbox;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Notifications;

public static class NotificationsSetup
{
    /// <summary>The outbox. The app binds <see cref="NotificationsOptions"/>, whose key only notices with secrets need, adds customers and messages, and devices before this, so that pushes follow the login.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddDocuments().AddAudit().AddOutbox().AddTable(NoticeKeys.Table).AddTable(NotificationList.Table);
        if (services.Any(service => service.ServiceType == typeof(PushTokens)))
            services.AddOperation<IPushTargets, DevicePushTargets>();
        services.TryAddSingleton<IPushTargets, RegisteredPushTargets>();
        services.AddSingleton<IFollowUp, Announce>().AddSingleton<EmailDocuments>().AddSingleton<SecretWords>()
            .AddSingleton(s => new NoticeTable(s.GetRequiredService<BankTables>(), s.GetRequiredService<SecretWords>(), s.GetRequiredService<TimeProvider>()))
            .AddSingleton<NoticeTexts>().AddSingleton<MessageGateways>().AddSingleton<SendNotice>().AddSingleton<SweepNotices>()
            .AddSingleton<FindNotificationSettings>().AddSingleton<SaveNotificationSettings>();
        return services.AddOperation<NotificationList>().AddOperation<DeliverNotice>().AddOperation<DeadLetters>().AddOperation<EraseOldNotices>();
    }
}
