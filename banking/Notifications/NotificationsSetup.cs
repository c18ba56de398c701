using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Documents;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Notifications;

public static class NotificationsSetup
{
    /// <summary>The outbox. The app binds <see cref="NotificationsOptions"/>, whose key only notices with secrets need.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services) =>
        services.AddDocuments().AddTable(NoticeKeys.Table)
            .AddSingleton<SecretWords>()
            .AddSingleton(s => new NoticeTable(s.GetRequiredService<BankTables>(), s.GetRequiredService<SecretWords>(), s.GetRequiredService<TimeProvider>()))
            .AddSingleton<NoticeTexts>()
            .AddSingleton<MessageGateways>()
            .AddSingleton<SendNotice>()
            .AddSingleton<DeliverNotice>()
            .AddSingleton<SweepNotices>();
}
