using Serverless.Banking.Ledger;

namespace Serverless.Banking.Approvals;

internal sealed class AccountStatusChange(ReadBook books, ChangeAccountStatus change, IEnumerable<IAccountObligation> obligations) : IChangeHandler
{
    public string Kind => LedgerChanges.Status;

    /// <returns>Or, first match: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/> (closed is for ever), <see cref="AccountNotEmpty"/>, what an <see cref="IAccountObligation"/> says.</returns>
    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation)
    {
        var (account, status) = Read(content);
        return await books.RunAsync(account, cancellation) switch
        {
            null => new AccountNotFound(),
            { Status: AccountStatus.Closed } => new AccountNotUsable(AccountStatus.Closed),
            { } book when status == AccountStatus.Closed && (book.Balance.Minor != 0 || book.Held.Minor != 0) => new AccountNotEmpty(book.Balance),
            { } book when status == AccountStatus.Closed && await ObligationAsync(book, cancellation) is { } obligation => obligation,
            { } book => book.Status.ToString(),
        };
    }

    public async Task<Result<string>> ApplyAsync(Change approved, CancellationToken cancellation)
    {
        var (account, status) = Read(approved.Content);
        if (status == AccountStatus.Closed && await books.RunAsync(account, cancellation) is { Status: not AccountStatus.Closed } book && await ObligationAsync(book, cancellation) is { } obligation)
            return obligation;
        return (await change.RunAsync(account, status, cancellation)).Then(book => book.Status.ToString());
    }

    private async Task<Error?> ObligationAsync(AccountBook book, CancellationToken cancellation)
    {
        foreach (var obligation in obligations)
        {
            if (await obligation.FindAsync(book.Owner, book.Id, cancellation) is { } found)
                return found;
        }

        return null;
    }

    private static (AccountId Account, AccountStatus Status) Read(string content)
    {
        var read = LedgerChanges.Read<LedgerChanges.StatusContent>(content);
        return (new AccountId(read.Account), Enum.Parse<AccountStatus>(read.Status));
    }
}
