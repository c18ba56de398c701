using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Accounts;
using Serverless.Banking.Approvals;
using Serverless.Banking.Calendar;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Deposits;

public static class DepositsSetup
{
    /// <summary>Term deposits. The app binds <see cref="DepositsOptions"/> and adds customers, customer approvals, notifications and its <see cref="Messages.IWorkMessages"/>.</summary>
    public static IServiceCollection AddDeposits(this IServiceCollection services)
    {
        services.AddTable(DepositTable.Name).AddAccounts().AddQuotes().AddDocuments().AddCalendar();
        services.AddCheckedOptions<DepositsOptions>();
        services.AddOperation<DepositRates>().AddSingleton<DepositTable>().AddSingleton<DepositContract>().AddSingleton<DepositNotices>().AddSingleton<DepositFollowUp>();
        services.AddOperation<DepositTermsDocument>().AddSingleton<IDocumentRenderer>(provider => provider.GetRequiredService<DepositTermsDocument>());
        services.AddSingleton<IJournalCondition, DepositCondition>().AddSingleton<IJournalFollowUp>(provider => provider.GetRequiredService<DepositFollowUp>());
        services.AddSingleton<ISummarySource, OwnedDeposits>().AddSingleton<ISummarySource, OfferedDeposits>().AddSingleton<IAccountObligation, DepositObligation>();
        services.AddOperation<QuoteDeposit>().AddOperation<ConfirmDeposit>().AddOperation<FindDeposits>().AddOperation<ChangeRenewal>();
        return services.AddOperation<MatureDueDeposits>().AddOperation<MatureDeposit>().AddOperation<RemindDeposits>();
    }
}
