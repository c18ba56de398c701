using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Banking.Accounts;

public static class AccountsSetup
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services.AddSingleton<OpenAccount>()
            .AddSingleton<FindAccount>()
            .AddSingleton<ListAccounts>()
            .AddSingleton<DepositCash>();
}
