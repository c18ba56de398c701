using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Network;
using Serverless.Banking.Quotes;
using Serverless.Banking.Storage;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.MoneyRequests;

public static class MoneyRequestsSetup
{
    /// <summary>Requests and splits. The app binds <see cref="MoneyRequestsOptions"/> and adds customers, notifications and its <see cref="Messages.IWorkMessages"/>.</summary>
    public static IServiceCollection AddMoneyRequests(this IServiceCollection services)
    {
        services.AddNetwork().AddTransfers().AddQuotes();
        services.AddCheckedOptions<MoneyRequestsOptions>();
        services.AddTable(MoneyRequestKeys.Table).AddTable(DueRequestKeys.Table);
        services.AddSingleton<MoneyRequestTable>().AddSingleton<RequestNotices>().AddSingleton<AnnounceEnd>().AddSingleton<ReceivingAccounts>();
        services.AddSingleton<SendRequests>().AddSingleton<RequestCourse>().AddSingleton<FindSplittable>();
        services.AddOperation<QuoteMoneyRequest>().AddOperation<SendMoneyRequest>().AddOperation<FindMoneyRequest>().AddOperation<ListMoneyRequests>();
        services.AddOperation<CountReceivedRequests>().AddOperation<EndMoneyRequest>().AddOperation<QuoteRequestPayment>().AddOperation<PayMoneyRequest>();
        services.AddOperation<ListSplittableTransactions>().AddOperation<QuoteSplit>().AddOperation<SendSplit>().AddOperation<FindSplit>();
        return services.AddOperation<AdvanceDueRequests>().AddOperation<AdvanceMoneyRequest>();
    }
}
