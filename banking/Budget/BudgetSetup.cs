using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Accounts;
using Serverless.Banking.Fx;
using Serverless.Banking.History;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Budget;

public static class BudgetSetup
{
    /// <summary>
    /// After <see cref="HistorySetup"/> and <see cref="AccountsSetup"/>. The app binds <see cref="BudgetOptions"/> and <see cref="ExchangeRatesOptions"/>, and adds its
    /// <see cref="Messages.IWorkMessages"/> and the notifications.
    /// </summary>
    public static IServiceCollection AddBudget(this IServiceCollection services)
    {
        services.AddOptions<BudgetOptions>();
        services.AddOptions<ExchangeRatesOptions>();
        services.AddTable(BudgetKeys.Table).AddTable(ReviewKeys.Table).AddTable(DayRates.TableName);
        services.TryAddSingleton<ExchangeRates>();
        services.TryAddSingleton<DayRates>();
        services.AddSingleton<BudgetTable>().AddSingleton<BudgetCatalogue>().AddSingleton<SpendingRules>().AddSingleton<MonthSpending>();
        services.AddOperation<SaveBudget>().AddOperation<ReadBudget>().AddOperation<ListSpending>().AddOperation<KeepExpenses>().AddOperation<RecategoriseOperation>();
        return services.AddOperation<ReviewDueBudgets>().AddOperation<ReviewBudget>();
    }
}
