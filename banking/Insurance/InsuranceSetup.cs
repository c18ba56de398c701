using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Documents;
using Serverless.Banking.Fx;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Insurance;

public static class InsuranceSetup
{
    /// <summary>Insurers' offers and policies. The app binds <see cref="InsuranceOptions"/>, and adds accounts, customers, their approvals and notifications.</summary>
    public static IServiceCollection AddInsurance(this IServiceCollection services)
    {
        services.AddLedger().AddQuotes().AddDocuments();
        services.AddCheckedOptions<InsuranceOptions>();
        services.TryAddSingleton<ExchangeRates>();
        services.TryAddSingleton<PartnerHttp>();
        services.TryAddSingleton<InsurerClient>();
        services.AddTable(OfferTable.Name).AddTable(PurchaseTable.Name);
        services.AddSingleton<InsuranceLists>().AddSingleton<OfferTable>().AddSingleton<PurchaseTable>().AddSingleton<InsuranceContract>().AddSingleton<PolicyCourse>();
        services.AddSingleton<IOperationSource, PolicyOperations>().AddSingleton<IDocumentRenderer, PolicyRenderer>();
        services.AddOperation<FindInsuranceOffers>().AddOperation<QuotePolicyPurchase>().AddOperation<BuyPolicy>().AddOperation<EraseInsuranceOffers>();
        services.AddOperation<AdvancePurchase>().AddOperation<HandleInsurerWebhook>().AddOperation<ListOpenPurchases>();
        return services.AddOperation<FindPolicy>().AddOperation<ListPolicies>().AddOperation<LinkPolicyDocument>();
    }
}
