using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Confirmations;

public static class ConfirmationsSetup
{
    public static IServiceCollection AddConfirmations(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<ConfirmationsOptions>(configuration, "Confirmations").AddConfirmationCodes();
}
