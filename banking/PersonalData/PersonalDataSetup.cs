using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Approvals;
using Serverless.Banking.Documents;

namespace Serverless.Banking.PersonalData;

public static class PersonalDataSetup
{
    /// <summary>Looks into the tables of every capability; erasing is a change of banking/Approvals.</summary>
    public static IServiceCollection AddPersonalData(this IServiceCollection services)
    {
        services.AddDocuments();
        return services.AddSingleton<PersonalRowReader>()
            .AddOperation<ExportPersonalData>()
            .AddOperation<ErasePersonalData>()
            .AddSingleton<IChangeHandler, ErasureChange>();
    }
}
