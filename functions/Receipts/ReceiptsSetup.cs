using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Receipts;
using Serverless.Functions.Http;

namespace Serverless.Functions.Receipts;

public static class ReceiptsSetup
{
    public static IServiceCollection AddReceipts(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<ReceiptsOptions>(configuration, "Receipts").AddReceipts();
}
