using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Approvals;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Credentials;
using Serverless.Banking.Outbox;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Storage;

namespace Serverless.Banking.EKlik;

public static class EKlikSetup
{
    /// <summary>Users of eKlik, their passwords and tokens. The app binds <see cref="EKlikOptions"/>; customers, credentials, sessions, notifications, approvals and partners are set up besides.</summary>
    public static IServiceCollection AddEKlik(this IServiceCollection services)
    {
        services.AddOptions<EKlikOptions>();
        return services
            .AddRateLimits()
            .AddOutbox()
            .AddTable(EKlikTable.Name)
            .AddSingleton<EKlikTable>()
            .AddSingleton<EKlikChanges>()
            .AddSingleton<IFollowUp, FollowEKlikChange>()
            .AddSingleton<IFollowUp, FollowActivationCode>()
            .AddSingleton(new CountsNobodies(EKlikTable.Name, EKlikTable.NobodyPrefix))
            .AddSingleton<EKlikCodes>()
            .AddSingleton<EKlikNotices>()
            .AddSingleton<EKlikSessions>()
            .AddSingleton<TokenOtps>()
            .AddSingleton<CodeDeliveries>()
            .AddSingleton<ResetLinks>()
            .AddSingleton<SetEKlikPassword>()
            .AddSingleton<IConfirmationFactor, TokenFactor>()
            .AddSingleton<IChangeHandler, EKlikUnblockChange>()
            .AddOperation<CreateEKlikUser>()
            .AddOperation<IssueActivationCode>()
            .AddOperation<ListEKlikUsers>()
            .AddOperation<ActivateEKlikUser>()
            .AddOperation<CreateEKlikPassword>()
            .AddOperation<SignInToEKlik>()
            .AddOperation<RequestPasswordReset>()
            .AddOperation<SendResetLink>()
            .AddOperation<OpenResetLink>()
            .AddOperation<ResetEKlikPassword>()
            .AddOperation<BlockEKlikUser>()
            .AddOperation<UnblockEKlikUser>()
            .AddOperation<RegisterHardwareToken>()
            .AddOperation<AssignHardwareToken>()
            .AddOperation<SynchroniseHardwareToken>()
            .AddOperation<IssueMTokenCodes>()
            .AddOperation<ActivateMToken>();
    }
}
