using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Network;
using Serverless.Functions.Http;

namespace Serverless.Functions.Network;

public static class NetworkSetup
{
    public static IServiceCollection AddNetwork(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<NetworkOptions>(configuration, "Network").AddNetwork();
}
