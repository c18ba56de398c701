using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.MoneyRequests;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public static class MoneyRequestsSetup
{
    public static IServiceCollection AddMoneyRequests(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<MoneyRequestsOptions>(configuration, "MoneyRequests").AddMoneyRequests();
}
