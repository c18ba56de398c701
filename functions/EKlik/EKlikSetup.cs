using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.EKlik;
using Serverless.Functions.Http;

namespace Serverless.Functions.EKlik;

public static class EKlikSetup
{
    public static IServiceCollection AddEKlik(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<EKlikOptions>(configuration, "EKlik").AddEKlik();
}
