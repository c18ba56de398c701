using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Approvals;
using Serverless.Banking.Calendar;
using Serverless.Banking.Desk;
using Serverless.Banking.Identification;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;
using Serverless.Banking.Webhooks;

namespace Serverless.Banking.Onboarding;

public static class OnboardingSetup
{
    /// <summary>Newcomers. The app binds <see cref="OnboardingOptions"/>; identification, credentials, registrations, customers, accounts, profiles, approvals and notifications are set up besides.</summary>
    public static IServiceCollection AddOnboarding(this IServiceCollection services)
    {
        services.AddOptions<OnboardingOptions>();
        services.AddWebhooks().AddEventTypes(OnboardingEvents.All);
        return services
            .AddTable(OnboardingTable.Name)
            .AddCalendar()
            .AddSingleton<OnboardingTable>()
            .AddSingleton<OnboardingTokens>()
            .AddSingleton<OnboardingEvents>()
            .AddSingleton<OnboardingCourse>()
            .AddSingleton<IDeskQueue, ComplianceQueue>()
            .AddSingleton<OnboardingDoor>()
            .AddSingleton<OnboardingContracts>()
            .AddSingleton<CreateClient>()
            .AddSingleton<SanctionsListClient>()
            .AddSingleton<IIdentificationOutcome, TakeVideoOutcome>()
            .AddSingleton<IChangeHandler, ReviewDecisionChange>()
            .AddSingleton<IChangeHandler, ApplicantUnlockChange>()
            .AddOperation<ScreenPerson>()
            .AddOperation<SendEmailCode>()
            .AddOperation<EnterApplication>()
            .AddOperation<UnlockApplicant>()
            .AddOperation<ShowApplication>()
            .AddOperation<GiveConsents>()
            .AddOperation<StartVideo>()
            .AddOperation<DeclareMobile>()
            .AddOperation<VerifyMobile>()
            .AddOperation<SaveResidence>()
            .AddOperation<DeclareTaxStatus>()
            .AddOperation<SavePersonalData>()
            .AddOperation<ConfirmData>()
            .AddOperation<ShowContract>()
            .AddOperation<ConfirmContract>()
            .AddOperation<SignContract>()
            .AddOperation<ChoosePassword>()
            .AddOperation<ConfirmAccountContract>()
            .AddOperation<AdvanceApplication>()
            .AddOperation<ListOpenApplications>()
            .AddOperation<EraseDueApplications>()
            .AddOperation<EndRelationship>()
            .AddOperation<ReviewCases>()
            .AddOperation<ProposeReviewDecision>()
            .AddOperation<DecideReview>();
    }
}
