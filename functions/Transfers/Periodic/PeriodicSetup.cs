using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public static class PeriodicSetup
{
    public static IServiceCollection AddPeriodicTransfers(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<PeriodicOptions>(configuration, "PeriodicTransfers").AddPeriodicTransfers();
}
