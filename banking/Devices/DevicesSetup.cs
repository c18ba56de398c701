using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Audit;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Devices;

public static class DevicesSetup
{
    /// <summary>The customers' devices. The app binds <see cref="DevicesOptions"/> and adds notifications, customers, sessions, credentials, cards and identity documents. Idempotent.</summary>
    public static IServiceCollection AddDevices(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(DeviceTable)))
            return services;
        services.AddTable(DeviceKeys.Table).AddTable(DeviceDueKeys.Table).AddTable(DeviceNonceKeys.Table).AddAudit().TryAddSingleton<LaterWork>();
        services.AddCheckedOptions<DevicesOptions>();
        services.AddSingleton<DeviceTable>().AddSingleton<DeviceDue>().AddSingleton<SoftPinSecrets>().AddSingleton<DeviceAttestations>();
        services.AddSingleton<FollowDeviceChange>().AddSingleton<ChangeDevices>();
        services.AddOperation<DeviceChallenges>().AddOperation<FindDevice>().AddOperation<RecordLogin>().AddOperation<CheckDeviceLogin>().AddOperation<CheckSoftPin>().AddOperation<SignInWithDevice>();
        services.AddOperation<TrustDevice>().AddOperation<TrustByDocument>().AddOperation<DeclineTrust>().AddOperation<RemoveTrust>().AddOperation<CutOffDevice>();
        services.AddOperation<GiveSoftPin>().AddOperation<SetDeviceOption>().AddOperation<EnableBiometrics>().AddOperation<PushTokens>().AddOperation<FindPasswordWays>();
        return services.AddOperation<ListDevices>().AddOperation<RecordDeviceActivity>().AddOperation<WatchDevices>();
    }
}
