using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Audit;
using Serverless.Banking.Documents;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Identification;

public static class IdentificationSetup
{
    /// <summary>Video identification. The app binds <see cref="IdentificationOptions"/> and <see cref="PartnersOptions"/>; who has people identified adds an <see cref="IIdentificationOutcome"/>.</summary>
    public static IServiceCollection AddIdentification(this IServiceCollection services)
    {
        services.AddOptions<IdentificationOptions>();
        services.TryAddSingleton<PartnerHttp>();
        services.TryAddSingleton<WebhookDeliveries>();
        return services
            .AddTable(VideoSessionTable.Name)
            .AddTable(WebhookDeliveries.Table)
            .AddAudit()
            .AddDocuments()
            // Who has people identified asks for sessions, and sessions ask for them.
            .AddSingleton<Func<IEnumerable<IIdentificationOutcome>>>(provider => provider.GetServices<IIdentificationOutcome>)
            .AddSingleton<VideoIdentificationClient>()
            .AddSingleton<PersonalDataSeal>()
            .AddSingleton<VideoSessionTable>()
            .AddSingleton<EvidenceStore>()
            .AddSingleton<VideoSessionCourse>()
            .AddSingleton<IPartnerWebhook, HandleVideoWebhook>()
            .AddOperation<StartIdentification>()
            .AddOperation<FindIdentification>()
            .AddOperation<RefreshIdentification>()
            .AddOperation<ReadEvidence>()
            .AddOperation<EraseIdentification>();
    }
}
