using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Audit;

public static class AuditSetup
{
    /// <summary>The audit trail. Idempotent, because every capability that must answer for something asks for it.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(RecordAudit)))
        {
            return services;
        }

        services.AddTable(AuditKeys.Table);
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<RecordAudit>().AddSingleton<ListAudit>().AddSingleton<ProveAudit>();
    }
}
