using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Serverless.Banking.Audit;
using Serverless.Banking.Storage;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Ledger;

public static class LedgerSetup
{
    /// <summary>The books. Idempotent, because every capability that moves money asks for them.</summary>
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(PostJournal)))
        {
            return services;
        }

        services.AddLogging();
        services.AddAudit();
        services.TryAddSingleton<Backlogs>();
        services.AddTable(LedgerKeys.Table).AddTable(OpenJournals.TableName).AddTable(HoldIndex.TableName).AddTable(SuspenseKeys.Table).AddTable(BooksRuns.TableName);

        // The parts, which nobody outside this folder sees.
        services.AddSingleton<AccountHeads>().AddSingleton<BankLegs>().AddSingleton<AccountLegs>().AddSingleton<OpenJournals>().AddSingleton<Posting>()
            .AddSingleton<HoldIndex>().AddSingleton<HoldWrites>().AddSingleton<HeadWrites>().AddSingleton<Suspense>().AddSingleton<BooksRuns>().AddSingleton<JournalConditions>()
            .AddSingleton<JournalFollowUps>();

        services.AddSingleton<ListSuspense>().AddSingleton<ResolveSuspense>();
        services.AddSingleton<VoidJournal>().AddSingleton<FindJournal>().AddSingleton<ScanEntries>()
            .AddSingleton<FindEntries>().AddSingleton<ListHolds>().AddSingleton<ProveAccount>().AddSingleton<SumBankDay>();
        services.AddSingleton(s => new PostJournal(s.GetRequiredService<Posting>()));
        services.AddSingleton(s => new ReverseJournal(
            s.GetRequiredService<BankTables>(), s.GetRequiredService<Posting>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new SweepJournals(
            s.GetRequiredService<OpenJournals>(), s.GetRequiredService<Posting>(), s.GetRequiredService<VoidJournal>(),
            s.GetRequiredService<JournalConditions>(), s.GetRequiredService<JournalFollowUps>(), s.GetRequiredService<Backlogs>(),
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<BankMetrics>(), s.GetRequiredService<ILogger<SweepJournals>>()));
        services.AddSingleton(s => new OpenBook(
            s.GetRequiredService<BankTables>(), s.GetRequiredService<AccountHeads>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new ProveBooks(
            s.GetRequiredService<BankTables>(), s.GetRequiredService<OpenJournals>(), s.GetRequiredService<ProveAccount>(),
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ProveBooks>>()));
        services.AddSingleton(s => new ProveBooksInSteps(
            s.GetRequiredService<BankTables>(), s.GetRequiredService<ProveBooks>(), s.GetRequiredService<BooksRuns>()));
        services.AddOptions<BooksOptions>();
        services.AddOperation<ProveBooksDaily>();
        services.AddSingleton(s => new PlaceHold(
            s.GetRequiredService<HoldWrites>(), s.GetRequiredService<HoldIndex>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new ReleaseHold(s.GetRequiredService<HoldWrites>()));
        services.AddSingleton(s => new ExpireHolds(
            s.GetRequiredService<HoldIndex>(), s.GetRequiredService<ReleaseHold>(), s.GetRequiredService<ILogger<ExpireHolds>>()));
        services.AddSingleton(s => new ReadBook(s.GetRequiredService<AccountHeads>()));
        services.AddSingleton(s => new ReadEntries(s.GetRequiredService<BankTables>(), s.GetRequiredService<AccountHeads>()));
        services.AddSingleton(s => new ChangeAccountStatus(s.GetRequiredService<HeadWrites>()));
        services.AddSingleton(s => new SetOverdraftLimit(s.GetRequiredService<HeadWrites>()));
        services.AddSingleton(s => new GrantOverdraft(s.GetRequiredService<HeadWrites>()));
        services.AddSingleton(s => new SetMinimumBalance(s.GetRequiredService<HeadWrites>()));
        services.AddSingleton(s => new LabelBook(s.GetRequiredService<HeadWrites>()));
        return services;
    }
}
