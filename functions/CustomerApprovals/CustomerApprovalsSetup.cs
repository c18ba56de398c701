using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.CustomerApprovals;
using Serverless.Functions.Webhooks;
using Serverless.Workflows.PurchaseApprovals;

namespace Serverless.Functions.CustomerApprovals;

public static class CustomerApprovalsSetup
{
    public static IServiceCollection AddApprovalsOfCustomers(this IServiceCollection services) =>
        services.AddSingleton<StartPurchaseApproval>().AddSingleton<IApprovalProcess, StaffDocuments>().AddSingleton<IWebhookHandler, CardServerWebhook>().AddCustomerApprovals();
}
