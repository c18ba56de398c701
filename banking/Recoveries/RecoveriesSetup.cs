using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Credentials;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Recoveries;

public static class RecoveriesSetup
{
    /// <summary>Recovery of forgotten passwords. Credentials, registrations, identity documents and channels are set up besides.</summary>
    public static IServiceCollection AddRecoveries(this IServiceCollection services) => services
        .AddTable(RecoverySteps.Table)
        .AddSteps(RecoverySteps.Rules, RecoverySteps.Code)
        .AddOperation<StartRecovery>()
        .AddOperation<SendRecoveryCode>()
        .AddOperation<RecoverByCard>()
        .AddOperation<RecoverByUniqueCode>()
        .AddOperation<RecoverByFormerPassword>()
        .AddOperation<PresentIdentityDocument>()
        .AddOperation<CheckRecoveryCode>()
        .AddOperation<CompleteRecovery>();
}
