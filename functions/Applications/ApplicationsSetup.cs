using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serverless.Banking.Applications;
using Serverless.Functions.Channels;
using Serverless.Functions.Http;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Applications;

public static class ApplicationsSetup
{
    public static IServiceCollection AddApplications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<ApplicationsOptions>(configuration, "Applications").AddSingleton<StartApplication>().AddApplications();

        // The branches are those of the customer service's settings.
        services.AddOptions<ApplicationsOptions>().Configure<IOptions<ServiceOptions>>((options, service) =>
        {
            foreach (var (code, branch) in service.Value.Branches)
                options.Branches[code] = branch.Name;
        });
        return services;
    }
}
