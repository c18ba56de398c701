using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Approvals;

public static class ApprovalsSetup
{
    /// <summary>Four eyes on whatever changes money or limits, and the ledger's own such changes. Others register their <see cref="IChangeHandler"/>.</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services)
    {
        services.AddLogging();
        services.AddLedger().AddAudit().AddTable(ChangeTable.TableName);
        services.AddSingleton<IChangeHandler, AccountStatusChange>().AddSingleton<IChangeHandler, OverdraftLimitChange>()
            .AddSingleton<IChangeHandler, MinimumBalanceChange>().AddSingleton<IChangeHandler, JournalReversalChange>()
            .AddSingleton<IChangeHandler, SuspenseResolutionChange>();
        services.AddSingleton<ChangeTable>().AddSingleton<ChangeHandlers>().AddSingleton<ChangeSettlement>();
        services.AddSingleton(s => new ProposeChange(
            s.GetRequiredService<ChangeTable>(), s.GetRequiredService<ChangeHandlers>(), s.GetRequiredService<RecordAudit>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new DecideChange(
            s.GetRequiredService<ChangeTable>(), s.GetRequiredService<ChangeHandlers>(), s.GetRequiredService<ChangeSettlement>(), s.GetRequiredService<RecordAudit>(),
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new SettleChanges(
            s.GetRequiredService<ChangeTable>(), s.GetRequiredService<ChangeSettlement>(), s.GetRequiredService<ILogger<SettleChanges>>()));
        return services.AddSingleton(s => new ListChanges(s.GetRequiredService<ChangeTable>()));
    }
}
