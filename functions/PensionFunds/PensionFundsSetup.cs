using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.PensionFunds;
using Serverless.Functions.Http;
using Serverless.Workflows.PensionFunds;

namespace Serverless.Functions.PensionFunds;

public static class PensionFundsSetup
{
    public static IServiceCollection AddPensionFunds(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<PensionFundsOptions>(configuration, "PensionFunds").AddSingleton<StartPensionFund>().AddPensionFunds();
}
