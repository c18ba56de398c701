using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Bills;
using Serverless.Banking.Fx;
using Serverless.Banking.Partners;
using Serverless.Functions.Http;
using Serverless.Functions.Webhooks;
using Serverless.Workflows.BillPayments;

namespace Serverless.Functions.Bills;

public static class BillsSetup
{
    public static IServiceCollection AddBills(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidated<BillsOptions>(configuration, "Bills")
        .AddValidated<PartnersOptions>(configuration, "Partners")
        .AddValidated<ExchangeRatesOptions>(configuration, "Fx")
        .AddSingleton<StartSettlement>()
        .AddSingleton<IWebhookHandler, BillerWebhooks>()
        .AddBills()
        .AddBillsAutomation();
}
