using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Accounts;

public static class AccountsSetup
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddLedger().AddTable(AccountKeys.Table).AddOptions<AccountsOptions>()
            .Validate(options => options is { BankCode.Length: 3, BranchCode.Length: 4 }
                && (options.BankCode + options.BranchCode).All(char.IsAsciiDigit), "Accounts: BankCode has three digits, BranchCode four.")
            .ValidateOnStart();
        return services.AddSingleton<OpenAccount>()
            .AddSingleton<FindAccount>()
            .AddSingleton<ListAccounts>()
            .AddSingleton<ListEntries>()
            .AddSingleton<FindSequence>()
            .AddSingleton<DepositCash>();
    }
}
