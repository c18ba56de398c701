using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Remittances;
using Serverless.Functions.Http;
using Serverless.Workflows.Remittances;

namespace Serverless.Functions.Remittances;

public static class RemittancesSetup
{
    public static IServiceCollection AddRemittances(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<RemittancesOptions>(configuration, "Remittances").AddSingleton<StartPayout>().AddRemittances();
}
