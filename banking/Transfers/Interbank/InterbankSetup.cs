using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Audit;
using Serverless.Banking.Calendar;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Salaries;
using Serverless.Banking.Storage;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

public static class InterbankSetup
{
    /// <summary>Payments to and from other banks. The app binds <see cref="InterbankOptions"/> and <see cref="CalendarOptions"/>, and adds notifications.</summary>
    public static IServiceCollection AddInterbank(this IServiceCollection services)
    {
        services.AddTransfers().AddAudit().AddCalendar();
        services.AddCheckedOptions<InterbankOptions>();
        services.AddTable(InterbankOrders.Name).AddTable(InterbankExceptions.Table).AddTable(IncomingReturns.Name);
        services.TryAddSingleton<PartnerHttp>();
        services.TryAddSingleton<InterbankClient>();
        services.AddSingleton<BankDirectory>().AddSingleton<ScreeningList>().AddSingleton<InternationalTerms>();
        services.AddSingleton<InterbankOrders>().AddSingleton<InterbankExceptions>().AddSingleton<IncomingReturns>().AddSingleton<IbanAccounts>()
            .AddSingleton<InterbankCourse>().AddSingleton<RecallPayment>().AddSingleton<InterbankFees>().AddSingleton<InterbankPayees>();

        services.AddSingleton<IJournalFollowUp, TellIncoming>();

        services.AddOperation<QuoteInterbankTransfer>().AddOperation<SendInterbankTransfer>().AddOperation<FindBank>();
        services.AddOperation<BeginInterbankOrder>().AddOperation<SendInterbankOrder>().AddOperation<GiveUpInterbankOrder>().AddOperation<ListOpenOrders>();
        services.AddOperation<DecideScreening>().AddOperation<ExpireScreening>().AddOperation<ListScreenings>();
        services.AddSalaries().AddOperation<CreditIncoming>().AddOperation<ReturnIncoming>();
        return services.AddOperation<HandleInterbankWebhook>().AddOperation<ListInterbankExceptions>().AddOperation<CloseInterbankException>();
    }
}
