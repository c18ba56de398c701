using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Banking.IdentityDocuments;

public static class IdentityDocumentsSetup
{
    /// <summary>Checking identity documents by their chips. The app binds <see cref="IdentityDocumentsOptions"/> and adds customers. Idempotent.</summary>
    public static IServiceCollection AddIdentityDocuments(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(PassiveAuthentication)))
            return services;
        services.AddCheckedOptions<IdentityDocumentsOptions>();
        return services.AddSingleton<PassiveAuthentication>().AddOperation<CheckIdentityDocument>();
    }
}
