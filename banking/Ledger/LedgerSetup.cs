using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Banking.Ledger;

public static class LedgerSetup
{
    public static IServiceCollection AddLedger(this IServiceCollection services) =>
        services.AddSingleton<PostJournal>()
            .AddSingleton<VoidJournal>()
            .AddSingleton<ReverseJournal>()
            .AddSingleton<FindJournal>()
            .AddSingleton<SweepJournals>();
}
