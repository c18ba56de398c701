using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Approvals;
using Serverless.Banking.Deposits;
using Serverless.Banking.Documents;
using Serverless.Banking.Storage;

namespace Serverless.Banking.PersonalData;

public static class PersonalDataSetup
{
    /// <summary>Looks into the tables of every capability; erasing is a change of banking/Approvals.</summary>
    public static IServiceCollection AddPersonalData(this IServiceCollection services)
    {
        services.AddDocuments().AddTable(DepositTable.Name);
        services.TryAddSingleton<DepositTable>();
        if (services.All(service => service.ServiceType != typeof(FindDeposits)))
            services.AddOperation<FindDeposits>();
        return services.AddSingleton<PersonalRowReader>()
            .AddOperation<ExportPersonalData>()
            .AddOperation<ErasePersonalData>()
            .AddSingleton<IChangeHandler, ErasureChange>();
    }
}
