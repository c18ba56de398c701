using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Banking.Partners;

public static class PartnersSetup
{
    public static IServiceCollection AddPartners(this IServiceCollection services) =>
        services.AddSingleton<PartnerHttp>()
            .AddSingleton<BillerClient>();
}
