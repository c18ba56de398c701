using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public static class DevicesSetup
{
    public static IServiceCollection AddDevices(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<DevicesOptions>(configuration, "Devices").AddDevices();
}
