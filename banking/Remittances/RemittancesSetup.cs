using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Remittances;

public static class RemittancesSetup
{
    /// <summary>Money sent from abroad. The app binds <see cref="RemittancesOptions"/>, and adds customers and notifications.</summary>
    public static IServiceCollection AddRemittances(this IServiceCollection services)
    {
        services.AddLedger().AddQuotes().AddRateLimits();
        services.AddCheckedOptions<RemittancesOptions>();
        services.TryAddSingleton<ExchangeRates>();
        services.TryAddSingleton<PartnerHttp>();
        services.TryAddSingleton<RiaClient>();
        services.AddTable(RemittanceTable.Name).AddSingleton<RemittanceTable>().AddSingleton<RemittanceCourse>();
        return services.AddOperation<LookUpRemittance>().AddOperation<QuoteRemittance>().AddOperation<CollectRemittance>()
            .AddOperation<AskForPayout>().AddOperation<GiveUpPayout>().AddOperation<ListOpenRemittances>().AddOperation<FindRemittance>();
    }
}
