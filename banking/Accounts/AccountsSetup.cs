using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Accounts;

public static class AccountsSetup
{
    /// <summary>Accounts with their money: what every capability needs of them.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(FindAccount)))
            return services;

        services.AddLedger().AddTable(AccountKeys.Table).AddOptions<AccountsOptions>()
            .Validate(options => options is { BankCode.Length: 3, BranchCode.Length: 4 }
                && (options.BankCode + options.BranchCode).All(char.IsAsciiDigit), "Accounts: BankCode has three digits, BranchCode four.")
            .ValidateOnStart();
        return services.AddSingleton<AccountNumbers>()
            .AddOperation<OpenAccount>()
            .AddSingleton<FindAccount>()
            .AddSingleton<ListAccounts>()
            .AddSingleton<ListEntries>()
            .AddSingleton<FindSequence>()
            .AddSingleton<LabelAccount>()
            .AddSingleton<DepositCash>();
    }

    /// <summary>What customers do with their accounts besides: the overview, opening further ones, statements. The app binds the options of quotes, documents and rates.</summary>
    public static IServiceCollection AddAccountServices(this IServiceCollection services)
    {
        services.AddAccounts().AddQuotes().AddDocuments().AddTable(StatementKeys.Table).AddTable(CustomerKeys.Table);
        services.TryAddSingleton<FindContactDetails>();
        services.TryAddSingleton<ExchangeRates>();

        services.AddSingleton<ShowHome>().AddSingleton<ShowSummary>().AddSingleton<ISummarySource, OwnedAccounts>().AddSingleton<ISummarySource, OfferedAccounts>();

        services.AddSingleton<OpeningTable>().AddSingleton<OpeningLimits>().AddSingleton<AccountContract>()
            .AddSingleton<IDocumentRenderer>(provider => provider.GetRequiredService<AccountContract>())
            .AddOperation<QuoteOpening>().AddOperation<ConfirmOpening>().AddOperation<FindContract>();

        services.AddSingleton<CutStatement>().AddSingleton<ReadStatement>().AddSingleton<ShowStatement>()
            .AddSingleton<StatementPdf>().AddSingleton<StatementJobs>().AddSingleton<StatementRenderer>()
            .AddSingleton<IDocumentRenderer>(provider => provider.GetRequiredService<StatementRenderer>())
            .AddOperation<OrderStatement>().AddOperation<FindStatement>().AddOperation<EmailStatement>()
            .AddOperation<MakeStatement>().AddOperation<SweepStatements>();

        return services.AddSingleton<SubscriptionTable>()
            .AddOperation<SaveSubscription>().AddOperation<FindSubscription>().AddOperation<SendDueStatements>();
    }
}
