using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Accounts;
using Serverless.Banking.Audit;
using Serverless.Banking.Calendar;
using Serverless.Banking.Desk;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.Storage;
using Serverless.Banking.Webhooks;

namespace Serverless.Banking.Fx;

public static class FxSetup
{
    /// <summary>Rate boards and exchanges. The app binds <see cref="FxOptions"/> and <see cref="ExchangeRatesOptions"/>, and adds customers and notifications.</summary>
    public static IServiceCollection AddFx(this IServiceCollection services)
    {
        services.AddTable(RateBoardTable.Name).AddTable(ExchangeTable.Name).AddAudit().AddAccounts().AddQuotes().AddCalendar();
        services.AddCheckedOptions<FxOptions>();
        services.TryAddSingleton<PartnerHttp>();
        services.TryAddSingleton<LaterWork>();
        services.AddSingleton<RatesFeedClient>().AddSingleton<RateBoardTable>().AddSingleton<ExchangeTable>().AddOperation<RateBoards>();
        services.AddSingleton<IJournalCondition, ExchangeCondition>();
        services.AddOperation<PublishBoard>().AddOperation<ImportBoard>().AddOperation<AlertStaleRates>();
        services.AddOperation<QuoteExchange>().AddOperation<ConfirmExchange>().AddOperation<FindExchange>();
        services.AddTable(RateRequestTable.Name).AddSingleton<RateRequestTable>().AddSingleton<RateRequestCourse>().AddSingleton<RateRequestEvents>();

        // What follows a journal asks for the ledger, which asks for what follows.
        services.AddSingleton<Func<RateRequestCourse>>(provider => provider.GetRequiredService<RateRequestCourse>);
        services.AddSingleton<IJournalCondition, CompletionCondition>().AddSingleton<IJournalFollowUp, CompletionFollowUp>();
        services.AddOperation<SubmitRateRequest>().AddOperation<FindRateRequests>().AddOperation<DecideRateRequest>().AddOperation<CancelRateRequest>();
        services.AddOperation<QuoteCompletion>().AddOperation<CompleteRateRequest>().AddOperation<AdvanceRateRequest>().AddOperation<ListOpenRateRequests>();
        services.AddOperation<IDeskQueue, TreasuryQueue>();
        services.AddWebhooks().AddEventTypes(RateRequestEvents.All);
        return services.AddOperation<ListExchangeable>().AddOperation<CalculateExchange>();
    }
}
