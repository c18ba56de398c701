using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Credentials;
using Serverless.Banking.Outbox;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Registrations;

public static class RegistrationsSetup
{
    /// <summary>Registration of existing clients. Credentials are set up besides.</summary>
    public static IServiceCollection AddRegistrations(this IServiceCollection services) => services
        .AddTable(RegistrationSteps.Table)
        .AddSteps(RegistrationSteps.Rules, RegistrationSteps.Code)
        .AddSingleton<ContractTable>()
        .AddSingleton<IFollowUp, FollowRegistration>()
        .AddOperation<SaveServicesContract>()
        .AddOperation<StartRegistration>()
        .AddOperation<IdentifyClient>()
        .AddOperation<CheckCard>()
        .AddOperation<ProveByCard>()
        .AddOperation<ProveByUniqueCode>()
        .AddOperation<SendRegistrationCode>()
        .AddOperation<CheckRegistrationCode>()
        .AddOperation<CompleteRegistration>();
}
