using Serverless.Banking.Ledger;

namespace Serverless.Banking.Approvals;

internal sealed class OverdraftLimitChange(ReadBook books, SetOverdraftLimit set) : IChangeHandler
{
    public string Kind => LedgerChanges.Overdraft;

    /// <returns>Or, first match: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/> (closed), <see cref="AccountCurrencyMismatch"/>, <see cref="OverdraftNotOffered"/>.</returns>
    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation)
    {
        var read = LedgerChanges.Read<LedgerChanges.AmountContent>(content);
        return await books.RunAsync(new AccountId(read.Account), cancellation) switch
        {
            null => new AccountNotFound(),
            { Status: AccountStatus.Closed } => new AccountNotUsable(AccountStatus.Closed),
            { } book when book.Currency.Code != read.Currency => new AccountCurrencyMismatch(book.Currency.Code, read.Currency),
            { Type: not AccountType.Current and var type } when read.Minor > 0 => new OverdraftNotOffered(type),
            { } book => book.OverdraftLimit.ToString(),
        };
    }

    public async Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation)
    {
        var read = LedgerChanges.Read<LedgerChanges.AmountContent>(change.Content);
        return (await set.RunAsync(new AccountId(read.Account), read.ToMoney(), cancellation)).Then(book => book.OverdraftLimit.ToString());
    }
}

internal sealed class MinimumBalanceChange(ReadBook books, SetMinimumBalance set) : IChangeHandler
{
    public string Kind => LedgerChanges.Minimum;

    /// <returns>Or, first match: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/> (closed), <see cref="AccountCurrencyMismatch"/>.</returns>
    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation)
    {
        var read = LedgerChanges.Read<LedgerChanges.AmountContent>(content);
        return await books.RunAsync(new AccountId(read.Account), cancellation) switch
        {
            null => new AccountNotFound(),
            { Status: AccountStatus.Closed } => new AccountNotUsable(AccountStatus.Closed),
            { } book when book.Currency.Code != read.Currency => new AccountCurrencyMismatch(book.Currency.Code, read.Currency),
            { } book => book.MinimumBalance.ToString(),
        };
    }

    public async Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation)
    {
        var read = LedgerChanges.Read<LedgerChanges.AmountContent>(change.Content);
        return (await set.RunAsync(new AccountId(read.Account), read.ToMoney(), cancellation)).Then(book => book.MinimumBalance.ToString());
    }
}
