using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Identification;
using Serverless.Functions.Http;

namespace Serverless.Functions.Identification;

public static class IdentificationSetup
{
    public static IServiceCollection AddIdentification(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<IdentificationOptions>(configuration, "Identification").AddIdentification();
}
