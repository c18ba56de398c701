using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;
using Serverless.Workflows.PreferentialRates;

namespace Serverless.Functions.Fx;

public static class FxSetup
{
    public static IServiceCollection AddFx(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<FxOptions>(configuration, "Fx").AddSingleton<StartRateRequest>().AddFx();
}
