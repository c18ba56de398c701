using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Interbank;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Cancellations;

public static class CancellationsSetup
{
    /// <summary>Requests to cancel payments. The app binds <see cref="CancellationsOptions"/> and adds turnovers, interbank transfers, bills, approvals and notifications.</summary>
    public static IServiceCollection AddCancellations(this IServiceCollection services)
    {
        services.AddTable(CancellationTable.Name).AddAudit();
        services.AddCheckedOptions<CancellationsOptions>();

        // Placing a document needs to know every process, of which this is one.
        services.AddSingleton<Func<PlaceDocument>>(provider => provider.GetRequiredService<PlaceDocument>);
        services.AddSingleton<CancellationTable>().AddSingleton<CancellationCourse>();
        services.AddSingleton<IApprovalProcess, CancellationConsent>().AddSingleton<IRecallListener, CancellationRecalls>();
        services.AddSingleton<IChangeHandler, CancellationChange>().AddSingleton<IChangeHandler, RecallAnswerChange>();
        services.AddOperation<RequestCancellation>().AddOperation<FindCancellation>().AddOperation<RefuseCancellation>();
        return services.AddOperation<AdvanceCancellation>().AddOperation<ListOpenCancellations>();
    }
}
