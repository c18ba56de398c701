using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Audit;
using Serverless.Banking.Channels;
using Serverless.Banking.Customers;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Sessions;

public static class SessionsSetup
{
    /// <summary>Customers' sessions. The app binds <see cref="SessionsOptions"/>.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddTable(SessionTable.Name).AddTable(CustomerKeys.Table).TryAddSingleton<LaterWork>();
        services.TryAddSingleton<FindContactDetails>();
        return services
            .AddAudit()
            .AddSingleton<SessionTable>()
            .AddSingleton<SessionKeys>()
            .AddSingleton<SessionRules>()
            .AddSingleton<RefreshTokens>()
            .AddSingleton<SessionIssue>()
            .AddOperation<AccessTokens>()
            .AddOperation<OpenSession>()
            .AddOperation<CheckSession>()
            .AddOperation<FindSession>()
            .AddOperation<RefreshSession>()
            .AddOperation<SignOut>()
            .AddOperation<CheckChannel>()
            .AddOperation<TrustSession>()
            .AddOperation<EndSessions>();
    }
}
