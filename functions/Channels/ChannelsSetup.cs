using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Channels;
using Serverless.Functions.Http;

namespace Serverless.Functions.Channels;

public static class ChannelsSetup
{
    public static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidated<ChannelsOptions>(configuration, "Channels")
        .AddValidated<ServiceOptions>(configuration, "CustomerService")
        .AddChannels();
}
