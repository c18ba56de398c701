using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Insurance;
using Serverless.Functions.Http;
using Serverless.Functions.Webhooks;
using Serverless.Workflows.InsurancePurchases;

namespace Serverless.Functions.Insurance;

public static class InsuranceSetup
{
    public static IServiceCollection AddInsurance(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidated<InsuranceOptions>(configuration, "Insurance")
        .AddSingleton<StartInsurancePurchase>()
        .AddSingleton<IWebhookHandler, InsurerWebhooks>()
        .AddInsurance();
}
