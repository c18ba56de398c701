using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;

namespace Serverless.Functions.SmartPay;

public static class SmartPaySetup
{
    public static IServiceCollection AddSmartPay(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<SmartPayOptions>(configuration, "SmartPay").AddSmartPay();
}
