using Azure.Messaging.ServiceBus;

namespace Serverless.Emulator.Tests.Clients.ServiceBus;

internal static class BrokerRefuses
{
    public static async Task WithAsync(ServiceBusFailureReason reason, Func<Task> call) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<ServiceBusException>(call)).Reason);
}
