using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

public static class BillsAutomationSetup
{
    /// <summary>Authorisations, automatic payment, reminders and new invoices; after <see cref="BillsSetup.AddBills"/>. The app adds its <see cref="Messages.IWorkMessages"/>.</summary>
    public static IServiceCollection AddBillsAutomation(this IServiceCollection services)
    {
        services.AddTable(AuthorisationKeys.Table).AddTable(CollectionKeys.Table).AddTable(WebhookDeliveries.Table).AddSingleton<WebhookDeliveries>();
        services.AddSingleton<AuthorisationTable>().AddSingleton<AuthorisationRules>().AddSingleton<InvoiceReminders>().AddSingleton<PollingTable>();
        services.AddSingleton<CollectionNotices>().AddSingleton<IPaymentListener, PaymentNotices>();

        services.AddOperation<CheckSubscriber>().AddOperation<CreateAuthorisation>().AddOperation<FindAuthorisation>().AddOperation<ListAuthorisations>();
        services.AddOperation<ModifyAuthorisation>().AddOperation<CancelAuthorisation>().AddOperation<ReopenAuthorisation>();
        services.AddSingleton<IContractAuthorisations>(provider => provider.GetRequiredService<ListAuthorisations>());

        services.AddOperation<StartInvoicePolls>().AddOperation<PollInvoices>().AddOperation<AnnounceInvoices>();
        services.AddOperation<HandleBillerWebhook>();
        return services.AddOperation<CollectDueBills>().AddOperation<CollectBills>();
    }
}
