using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Documents;
using Serverless.Functions.Http;

namespace Serverless.Functions.Documents;

public static class DocumentsSetup
{
    public static IServiceCollection AddDocuments(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidated<DocumentsOptions>(configuration, "Documents")
        .AddDocuments();
}
