using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Credentials;

public static class CredentialsSetup
{
    public static IServiceCollection AddCredentials(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<CredentialsOptions>(configuration, "Credentials").AddCredentials();
}
