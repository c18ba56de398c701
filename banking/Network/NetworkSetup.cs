using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Audit;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Network;

public static class NetworkSetup
{
    /// <summary>The customers' networks of contacts. The app binds <see cref="NetworkOptions"/> and adds customers. Idempotent.</summary>
    public static IServiceCollection AddNetwork(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(NetworkTable)))
            return services;
        services.AddTable(NetworkKeys.Table).AddRateLimits().AddAudit();
        services.AddCheckedOptions<NetworkOptions>();
        services.TryAddSingleton<IProfilePictures, NoProfilePictures>();
        services.AddSingleton<IPhoneDirectory, PhoneDirectory>().AddSingleton<NetworkTable>().AddSingleton<CheckNumber>().AddSingleton<BlockList>();
        services.AddOperation<AddContact>().AddOperation<ListContacts>().AddOperation<FindContact>().AddOperation<FormGroup>();
        return services.AddOperation<RemoveContact>().AddOperation<RenameContact>().AddOperation<SetRequestPermission>();
    }
}
