using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.IdentityDocuments;
using Serverless.Functions.Http;

namespace Serverless.Functions.IdentityDocuments;

public static class IdentityDocumentsSetup
{
    public static IServiceCollection AddIdentityDocuments(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<IdentityDocumentsOptions>(configuration, "IdentityDocuments").AddIdentityDocuments();
}
