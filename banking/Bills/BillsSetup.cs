using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Accounts;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

public static class BillsSetup
{
    /// <summary>Companies, contracts, invoices and payments. The app binds <see cref="BillsOptions"/>, <see cref="PartnersOptions"/> and <see cref="ExchangeRatesOptions"/>.</summary>
    public static IServiceCollection AddBills(this IServiceCollection services)
    {
        services.AddLogging().AddLedger().AddAccounts().AddPartners().AddQuotes();
        services.AddCheckedOptions<BillsOptions>();
        services.AddCheckedOptions<ExchangeRatesOptions>();
        services.AddTable(ContractKeys.Table).AddTable(InvoiceKeys.Table).AddTable(PollingKeys.Table)
            .AddTable(PaymentKeys.Table).AddTable(OpenPaymentKeys.Table);
        services.TryAddSingleton<IContractAuthorisations, NoAuthorisations>();
        services.TryAddSingleton<ExchangeRates>();
        services.TryAddSingleton<LaterWork>();

        services.AddSingleton<CompanyCatalogue>();
        services.AddSingleton<ContractTable>().AddSingleton<InvoiceTable>().AddSingleton<InvoiceSubscriptions>().AddSingleton<InvoiceClaims>();
        services.AddSingleton<PaymentTable>().AddSingleton<FindLikePayment>().AddSingleton<OpenPayments>().AddSingleton<PaymentCourse>();
        services.AddOperation<IJournalCondition, PaymentCondition>();

        services.AddOperation<RegisterContract>().AddOperation<RenameContract>().AddOperation<RemoveContract>().AddOperation<ListContracts>();
        services.AddOperation<ListUnpaidInvoices>().AddOperation<ScanBill>();
        services.AddOperation<QuotePayment>().AddOperation<ConfirmPayment>().AddOperation<PayInvoice>();
        services.AddOperation<SettlePayment>().AddOperation<AskForSettlement>().AddOperation<GiveUpSettlement>().AddOperation<ListUnresolvedPayments>().AddOperation<SweepPayments>();
        services.AddSingleton<Approvals.IChangeHandler, UnresolvedSettlementChange>();
        services.AddSingleton<History.IOperationSource, PaymentOperations>();
        return services.AddOperation<FindPayment>().AddOperation<ListPayments>();
    }
}
