using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Accounts;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Salaries;

public static class SalariesSetup
{
    /// <summary>Which credits are salaries. Idempotent.</summary>
    public static IServiceCollection AddSalaries(this IServiceCollection services) =>
        services.Any(service => service.ServiceType == typeof(SalaryNotes))
            ? services
            : services.AddAccounts().AddTable(SalaryNotes.Name).AddSingleton<SalaryNotes>().AddOperation<FindSalary>();
}
