using Azure.Core;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Messages;

namespace Serverless.Functions.Messages;

public static class MessagesSetup
{
    /// <summary>
    /// Setting <c>ServiceBus</c> is a connection string, or <c>ServiceBus:fullyQualifiedNamespace</c> names the namespace to reach by managed
    /// identity: the same two forms that the Service Bus triggers take.
    /// </summary>
    public static IServiceCollection AddMessages(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(provider => Connect(configuration, provider))
            .AddSingleton<IWorkMessages, ServiceBusWorkMessages>();

    private static ServiceBusClient Connect(IConfiguration configuration, IServiceProvider provider) =>
        configuration["ServiceBus:fullyQualifiedNamespace"] is { Length: > 0 } name && provider.GetService<TokenCredential>() is { } credential
            ? new ServiceBusClient(name, credential)
            : new ServiceBusClient(configuration["ServiceBus"] ?? throw new InvalidOperationException("Set ServiceBus, or ServiceBus:fullyQualifiedNamespace."));
}
