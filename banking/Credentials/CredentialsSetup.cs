using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Approvals;
using Serverless.Banking.Outbox;
using Serverless.Banking.Partners;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Credentials;

public static class CredentialsSetup
{
    /// <summary>Users, passwords, one-time and unique codes. The app binds <see cref="CredentialsOptions"/>; customers, devices, sessions, notifications, approvals and the audit trail are set up besides.</summary>
    public static IServiceCollection AddCredentials(this IServiceCollection services)
    {
        services.AddOptions<CredentialsOptions>();
        services.TryAddSingleton<IBankCards, CardProcessorClient>();
        services.AddRateLimits().AddTable(CredentialKeys.Table).AddTable(OneTimeCodeTable.Name).AddTable(LoginChallengeTable.Name).AddTable(ExpiredProofs.Name).TryAddSingleton<IPasswordWork, PasswordWork>();
        return services
            .AddOutbox()
            .AddSingleton<IFollowUp, FollowPasswordChange>()
            .AddSingleton<KeyedHash>()
            .AddSingleton<Identifiers>()
            .AddSingleton<LockoutTable>()
            .AddSingleton<UserTable>()
            .AddSingleton<OnboardedUsers>()
            .AddSingleton<UniqueCodeTable>()
            .AddSingleton<OneTimeCodeTable>()
            .AddSingleton<ExpiredProofs>()
            .AddSingleton<NobodyCounters>()
            .AddSingleton(new CountsNobodies(CredentialKeys.Table, CredentialKeys.UnknownPrefix))
            .AddOperation<EraseExpiredProofs>()
            .AddSingleton<SecurityNotices>()
            .AddOperation<FindUser>()
            .AddOperation<VerifyPassword>()
            .AddOperation<CheckFormerPassword>()
            .AddOperation<SetPassword>()
            .AddOperation<SendOneTimeCode>()
            .AddOperation<CheckOneTimeCode>()
            .AddOperation<IssueUniqueCode>()
            .AddOperation<CheckUniqueCode>()
            .AddSingleton<LoginChallengeTable>()
            .AddSingleton<IChangeHandler, UserUnlockChange>()
            .AddOperation<FindLoginChallenge>()
            .AddOperation<OpenLoginChallenge>()
            .AddOperation<StartLogin>()
            .AddOperation<SendLoginCode>()
            .AddOperation<CheckLoginCode>()
            .AddOperation<CompleteLogin>()
            .AddOperation<LimitAddress>()
            .AddOperation<UnlockUser>();
    }

    /// <summary>Something that is proven in steps, one of which is a code by SMS.</summary>
    internal static IServiceCollection AddSteps<T, TStep>(this IServiceCollection services, StepRules<T, TStep> rules, CodeStep<T, TStep> code)
        where TStep : struct, Enum => services
        .AddSingleton(rules)
        .AddSingleton(code)
        .AddSingleton<StepTable<T, TStep>>()
        .AddSingleton<StepCodes<T, TStep>>();
}
