using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Accounts;
using Serverless.Banking.Fx;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.Storage;

namespace Serverless.Banking.CreditCards;

public static class CreditCardsSetup
{
    /// <summary>What customers do with their credit cards. The app binds <see cref="CreditCardsOptions"/> and has partners and confirmations.</summary>
    public static IServiceCollection AddCreditCards(this IServiceCollection services)
    {
        services.AddQuotes().AddTable(InstalmentPlanTable.Name);
        services.AddCheckedOptions<CreditCardsOptions>();
        services.TryAddSingleton<ExchangeRates>();
        services.TryAddSingleton<CardInstalmentsClient>();
        services.AddSingleton<InstalmentPlanTable>().AddSingleton<SplitRule>();
        return services.AddOperation<FindCreditCards>().AddOperation<QuoteInstalments>().AddOperation<SplitPurchase>().AddOperation<FindInstalmentPlans>()
            .AddOperation<CloseInstalments>();
    }
}
