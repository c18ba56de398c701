using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Channels;

public static class ChannelsSetup
{
    /// <summary>The mobile channel's blocking and reactivation; after sessions, devices, notices, bills and periodic transfers. The app binds <see cref="ChannelsOptions"/>.</summary>
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddBankStorage();
        services.AddSingleton<ChannelTable>().AddSingleton<FollowBlocking>();
        services.AddSingleton<IRunningOrders, PeriodicOrders>().AddSingleton<IRunningOrders, BillOrders>();
        services.AddSingleton<IChannelBlockedFollowUp, ForgetDevices>().AddSingleton<IChannelBlockedFollowUp, TellOfBlocking>();
        return services.AddOperation<FindChannel>().AddOperation<BlockChannel>().AddOperation<ReactivateChannel>().AddOperation<SweepChannels>();
    }
}
