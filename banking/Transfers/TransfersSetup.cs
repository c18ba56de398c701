using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Accounts;
using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Fx;
using Serverless.Banking.History;
using Serverless.Banking.Interbank;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Transfers;

public static class TransfersSetup
{
    /// <summary>Transfers between accounts of this bank, and the engine that others use. Idempotent. The app binds <see cref="TransfersOptions"/>.</summary>
    public static IServiceCollection AddTransfers(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(SendTransfer)))
            return services;
        services.AddLogging().AddLedger().AddQuotes().AddRateLimits();
        if (services.All(service => service.ServiceType != typeof(FindAccount)))
            services.AddAccounts();
        if (services.All(service => service.ServiceType != typeof(FindContactDetails)))
            services.AddCustomers();
        services.AddCheckedOptions<TransfersOptions>();
        services.AddOptions<ExchangeRatesOptions>();
        services.TryAddSingleton<ExchangeRates>();
        services.AddTable(TransferKeys.Table).AddTable(OpenTransferKeys.Table).AddTable(BeneficiaryTable.Name);

        services.AddSingleton<TransferTable>().AddSingleton<OpenTransfers>().AddSingleton<OrderPeriods>().AddSingleton<LimitBooks>().AddSingleton<TransferLimits>()
            .AddSingleton<TransferFees>().AddSingleton<TransferCourse>().AddSingleton<TransferFollowUps>().AddSingleton<PrepareTransfer>().AddSingleton<FindLikeTransfer>()
            .AddSingleton<AccountDirectory>().AddSingleton<InsidePayees>().AddSingleton<BeneficiaryTable>();
        foreach (var kind in new[] { TransferKind.Own, TransferKind.Inside, TransferKind.Phone, TransferKind.Pension, TransferKind.RequestPayment, TransferKind.Qr })
        {
            services.AddSingleton<IJournalCondition>(provider => new TransferCondition(
                kind, provider.GetRequiredService<TransferTable>(), provider.GetRequiredService<ReadBook>()));
            services.AddSingleton<IJournalFollowUp>(provider => new FollowTransfer(
                kind, provider.GetRequiredService<TransferTable>(), provider.GetRequiredService<OpenTransfers>(), provider.GetRequiredService<ReadBook>(),
                provider.GetRequiredService<TransferFollowUps>));
        }

        services.TryAddSingleton<BankDirectory>();
        services.AddOperation<SendTransfer>().AddOperation<SweepTransfers>().AddOperation<FindTransfer>().AddOperation<ListTransfers>();
        return services.AddOperation<QuoteOwnTransfer>().AddOperation<QuoteInsideTransfer>().AddOperation<ConfirmTransfer>();
    }

    /// <summary>
    /// What customers find around transfers: look-ups, beneficiaries, phone numbers, pension funds, messages, lists, receipts; and what follows a
    /// transfer. The app has partners, notifications, documents, receipts, the audit trail and the settings of other banks.
    /// </summary>
    public static IServiceCollection AddTransferServices(this IServiceCollection services)
    {
        services.AddTransfers().AddAudit().AddTable(TransferThread.Table);
        services.AddOptions<InterbankOptions>();
        services.TryAddSingleton<PensionClient>();
        services.TryAddSingleton<OcrClient>();
        services.AddSingleton<IChangeHandler, CustomerLimitChange>();
        services.AddSingleton<ReturnContribution>();
        services.AddSingleton<LookupGuard>().AddSingleton<TransferThread>().AddSingleton<TransferLists>();

        // In this order: whoever waits for a partner comes last.
        services.AddSingleton<ITransferFollowUp, SaveBeneficiaryFollowUp>().AddSingleton<ITransferFollowUp, TellPayee>()
            .AddSingleton<ITransferFollowUp, WriteComment>().AddSingleton<ITransferFollowUp, TellPensionManager>();
        services.AddSingleton<IDocumentRenderer, TransferReceiptRenderer>().AddSingleton<IOperationSource, TransferOperationSource>();

        services.AddOperation<AddBeneficiary>().AddOperation<FindBeneficiary>().AddOperation<ListBeneficiaries>().AddOperation<RenameBeneficiary>()
            .AddOperation<RemoveBeneficiary>().AddOperation<LookUpCustomer>().AddOperation<QuotePhoneTransfer>().AddOperation<QuotePensionContribution>();
        return services.AddOperation<WriteTransferMessage>().AddOperation<ListTransferMessages>().AddOperation<FindScannedIban>()
            .AddOperation<IssueTransferReceipt>();
    }
}
