using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public static class TransfersSetup
{
    public static IServiceCollection AddTransfers(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<TransfersOptions>(configuration, "Transfers").AddTransferServices().AddSingleton<OfferedOperations>();
}
