using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Audit;
using Serverless.Banking.Documents;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;

namespace Serverless.Banking.CustomerApprovals;

public static class CustomerApprovalsSetup
{
    /// <summary>What waits for a customer's yes or no. The app binds partners and adds notifications and customers.</summary>
    public static IServiceCollection AddCustomerApprovals(this IServiceCollection services)
    {
        services.AddLogging();
        services.AddTable(ApprovalKeys.Table).AddDocuments().AddAudit();
        services.TryAddSingleton<WebhookDeliveries>();
        services.AddTable(WebhookDeliveries.Table);
        services.AddSingleton<ApprovalTable>().AddSingleton<DecisionTrail>().AddSingleton<CardServerClient>().AddSingleton<IDocumentRenderer, ApprovalDocuments>();
        services.AddOperation<SettleApproval>().AddOperation<DecideApproval>().AddOperation<AskForPurchase>().AddOperation<PlaceDocument>()
            .AddSingleton<PlaceSigned>();
        return services.AddOperation<ListApprovals>().AddOperation<AdvanceApprovals>().AddOperation<HandleCardServerWebhook>();
    }
}
