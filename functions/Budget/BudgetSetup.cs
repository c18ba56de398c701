using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Budget;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

public static class BudgetSetup
{
    public static IServiceCollection AddBudget(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidated<BudgetOptions>(configuration, "Budget")
        .AddBudget();
}
