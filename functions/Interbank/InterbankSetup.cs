using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Calendar;
using Serverless.Banking.Interbank;
using Serverless.Functions.Http;
using Serverless.Functions.Webhooks;
using Serverless.Workflows.InterbankTransfers;

namespace Serverless.Functions.Interbank;

public static class InterbankSetup
{
    public static IServiceCollection AddInterbank(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidated<InterbankOptions>(configuration, "Interbank")
        .AddValidated<CalendarOptions>(configuration, "Calendar")
        .AddSingleton<StartInterbankTransfer>()
        .AddSingleton<IWebhookHandler, InterbankWebhook>()
        .AddInterbank();
}
