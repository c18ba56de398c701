using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Approvals;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Desk;
using Serverless.Banking.Documents;
using Serverless.Banking.Fx;
using Serverless.Banking.Identification;
using Serverless.Banking.Partners;
using Serverless.Banking.Salaries;
using Serverless.Banking.Storage;
using Serverless.Banking.Webhooks;

namespace Serverless.Banking.Applications;

public static class ApplicationsSetup
{
    /// <summary>Applications for cards and overdrafts. The app binds <see cref="ApplicationsOptions"/>, and adds customers, notifications, documents, approvals, customers' approvals, identification, credentials and partners.</summary>
    public static IServiceCollection AddApplications(this IServiceCollection services)
    {
        services.AddSalaries().AddTable(ApplicationTable.Name).AddCheckedOptions<ApplicationsOptions>();
        services.AddOptions<ExchangeRatesOptions>();
        services.TryAddSingleton<PartnerHttp>();
        services.TryAddSingleton<ExchangeRates>();
        services.TryAddSingleton<Func<PlaceDocument>>(provider => provider.GetRequiredService<PlaceDocument>);
        services.AddSingleton<CreditRegistryClient>().AddSingleton<ApplicationTable>().AddSingleton<Scoring>().AddSingleton<ApplicationNotices>();
        services.AddSingleton<LimitOffer>().AddSingleton<ApplicationCourse>().AddSingleton<ApplicationEvents>();
        services.AddSingleton<QualifiedSignatureClient>().AddSingleton<CardOrdersClient>().AddSingleton<CardCourse>().AddSingleton<CardContract>();
        services.AddSingleton<IDocumentRenderer>(provider => provider.GetRequiredService<CardContract>());
        services.AddSingleton<IPartnerWebhook, SignatureWebhook>().AddSingleton<IPartnerWebhook, CardOrderWebhook>();
        services.AddSingleton<Func<RefreshIdentification>>(provider => provider.GetRequiredService<RefreshIdentification>);
        services.AddSingleton<IIdentificationOutcome, CardIdentifications>();
        services.AddWebhooks().AddEventTypes(ApplicationEvents.All);

        // Who is resumed or carries out asks for the course, which asks for who places documents.
        services.AddSingleton<Func<ApplicationCourse>>(provider => provider.GetRequiredService<ApplicationCourse>);
        services.AddSingleton<IApprovalProcess, LimitAnswer>().AddSingleton<IChangeHandler, DecisionChange>();
        services.AddOperation<FindOverdraftOffer>().AddOperation<StartOverdraft>().AddOperation<SavePersonalDetails>().AddOperation<SaveWorkDetails>();
        services.AddOperation<SubmitApplication>().AddOperation<WithdrawApplication>().AddOperation<FindApplications>();
        services.AddOperation<AdvanceApplication>().AddOperation<ListOpenApplications>().AddOperation<EraseApplications>();
        services.AddOperation<StartCard>().AddOperation<SaveCardSettings>().AddOperation<ConfirmCardContract>().AddOperation<ReadPrivacyPolicy>();
        services.AddOperation<StartCardIdentification>().AddOperation<RecordBranchIdentification>().AddOperation<CheckPhone>();
        services.AddSingleton<IDeskQueue, CardsQueue>();
        return services.AddOperation<ProposeDecision>().AddOperation<DecideProposal>();
    }
}
