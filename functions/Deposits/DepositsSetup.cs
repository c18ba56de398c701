using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Deposits;
using Serverless.Functions.Http;

namespace Serverless.Functions.Deposits;

public static class DepositsSetup
{
    public static IServiceCollection AddDeposits(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<DepositsOptions>(configuration, "Deposits").AddSingleton<DepositQuoting>().AddDeposits();
}
