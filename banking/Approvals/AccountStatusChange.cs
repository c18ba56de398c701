using Serverless.Banking.Ledger;

namespace Serverless.Banking.Approvals;

internal sealed class AccountStatusChange(ReadBook books, ChangeAccountStatus change) : IChangeHandler
{
    public string Kind => LedgerChanges.Status;

    /// <returns>Or, first match: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/> (closed is for ever), <see cref="AccountNotEmpty"/>.</returns>
    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation)
    {
        var (account, status) = Read(content);
        return await books.RunAsync(account, cancellation) switch
        {
            null => new AccountNotFound(),
            { Status: AccountStatus.Closed } => new AccountNotUsable(AccountStatus.Closed),
            { } book when status == AccountStatus.Closed && (book.Balance.Minor != 0 || book.Held.Minor != 0) => new AccountNotEmpty(book.Balance),
            { } book => book.Status.ToString(),
        };
    }

    public async Task<Result<string>> ApplyAsync(Change approved, CancellationToken cancellation)
    {
        var (account, status) = Read(approved.Content);
        return (await change.RunAsync(account, status, cancellation)).Then(book => book.Status.ToString());
    }

    private static (AccountId Account, AccountStatus Status) Read(string content)
    {
        var read = LedgerChanges.Read<LedgerChanges.StatusContent>(content);
        return (new AccountId(read.Account), Enum.Parse<AccountStatus>(read.Status));
    }
}
