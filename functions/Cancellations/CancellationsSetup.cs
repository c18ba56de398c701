using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Cancellations;
using Serverless.Functions.Http;
using Serverless.Workflows.Cancellations;

namespace Serverless.Functions.Cancellations;

public static class CancellationsSetup
{
    public static IServiceCollection AddCancellations(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<CancellationsOptions>(configuration, "Cancellations").AddSingleton<StartCancellation>().AddCancellations();
}
