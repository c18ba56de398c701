using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Audit;
using Serverless.Banking.Calendar;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Complaints;

public static class ComplaintsSetup
{
    /// <summary>Complaints and suggestions. The app binds <see cref="ComplaintsOptions"/> and adds notifications.</summary>
    public static IServiceCollection AddComplaints(this IServiceCollection services)
    {
        services.AddLogging();
        services.AddTable(ServiceRequestKeys.Table).AddCalendar().AddAudit();
        services.AddCheckedOptions<ComplaintsOptions>();
        services.AddSingleton<ServiceRequestTable>().AddSingleton<SettleServiceRequest>();
        services.AddOperation<CreateServiceRequest>().AddOperation<AnswerServiceRequest>().AddOperation<AssignServiceRequest>();
        return services.AddOperation<ListServiceRequests>().AddOperation<ListOpenServiceRequests>().AddOperation<AdvanceServiceRequests>();
    }
}
