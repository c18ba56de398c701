using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Approvals;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Fx;
using Serverless.Banking.Partners;
using Serverless.Banking.Salaries;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Applications;

public static class ApplicationsSetup
{
    /// <summary>Applications for cards and overdrafts. The app binds <see cref="ApplicationsOptions"/>, and adds customers, notifications, documents, approvals, customers' approvals and partners.</summary>
    public static IServiceCollection AddApplications(this IServiceCollection services)
    {
        services.AddSalaries().AddTable(ApplicationTable.Name).AddOptions<ApplicationsOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ExchangeRatesOptions>();
        services.TryAddSingleton<PartnerHttp>();
        services.TryAddSingleton<ExchangeRates>();
        services.TryAddSingleton<Func<PlaceDocument>>(provider => provider.GetRequiredService<PlaceDocument>);
        services.AddSingleton<CreditRegistryClient>().AddSingleton<ApplicationTable>().AddSingleton<Scoring>().AddSingleton<ApplicationNotices>();
        services.AddSingleton<LimitOffer>().AddSingleton<ApplicationCourse>();

        // Who is resumed or carries out asks for the course, which asks for who places documents.
        services.AddSingleton<Func<ApplicationCourse>>(provider => provider.GetRequiredService<ApplicationCourse>);
        services.AddSingleton<IApprovalProcess, LimitAnswer>().AddSingleton<IChangeHandler, DecisionChange>();
        services.AddOperation<FindOverdraftOffer>().AddOperation<StartOverdraft>().AddOperation<SavePersonalDetails>().AddOperation<SaveWorkDetails>();
        services.AddOperation<SubmitApplication>().AddOperation<WithdrawApplication>().AddOperation<FindApplications>();
        services.AddOperation<AdvanceApplication>().AddOperation<ListOpenApplications>();
        return services.AddOperation<ProposeDecision>().AddOperation<DecideProposal>();
    }
}
