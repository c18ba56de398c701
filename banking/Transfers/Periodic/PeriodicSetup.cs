using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Quotes;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Transfers;

public static class PeriodicSetup
{
    /// <summary>Standing transfers; after <c>AddTransfers</c>. The app binds <see cref="PeriodicOptions"/> and adds customers, notifications and its <see cref="Messages.IWorkMessages"/>.</summary>
    public static IServiceCollection AddPeriodicTransfers(this IServiceCollection services)
    {
        services.AddTransfers().AddQuotes();
        services.AddCheckedOptions<PeriodicOptions>();
        services.AddTable(PeriodicKeys.Table).AddTable(DuePeriodicKeys.Table);
        services.AddSingleton<PeriodicTable>().AddSingleton<PeriodicRules>().AddSingleton<PeriodicPayees>().AddSingleton<PeriodicNotices>().AddSingleton<PeriodicCourse>();
        services.AddOperation<QuotePeriodicTransfer>().AddOperation<CreatePeriodicTransfer>().AddOperation<FindPeriodicTransfer>().AddOperation<ListPeriodicTransfers>();
        services.AddOperation<ModifyPeriodicTransfer>().AddOperation<CancelPeriodicTransfer>();
        return services.AddOperation<ExecuteDuePeriodicTransfers>().AddOperation<ExecutePeriodicTransfer>();
    }
}
