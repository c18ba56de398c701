using Azure.Messaging.ServiceBus;
using Serverless.Banking.Health;
using Serverless.Banking.Messages;

namespace Serverless.Functions.Health;

/// <summary>The queues answer. It looks and takes nothing; its receiver lives as long as the app, as the SDK asks.</summary>
internal sealed class BusCheck(ServiceBusClient client, HealthOptions options) : IReadinessCheck
{
    private readonly Lazy<ServiceBusReceiver> receiver = new(() => client.CreateReceiver(WorkQueues.Notices));

    public string Name => "bus";

    public TimeSpan TimeOut => options.BusTimeOut;

    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        await receiver.Value.PeekMessageAsync(cancellationToken: cancellation);
        return true;
    }
}
