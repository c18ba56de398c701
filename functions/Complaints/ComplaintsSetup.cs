using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Complaints;
using Serverless.Functions.Http;

namespace Serverless.Functions.Complaints;

public static class ComplaintsSetup
{
    public static IServiceCollection AddComplaints(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<ComplaintsOptions>(configuration, "Complaints").AddComplaints();
}
