namespace Serverless.Banking.Accounts;

/// <param name="Key">Names the opening: the same key opens the same account again.</param>
/// <param name="Name">1 to 30 characters.</param>
public sealed record AccountOpening(string Key, CustomerId Owner, Currency Currency, string Name, bool IsMain);

/// <summary>Opens an account with balance zero and a new IBAN.</summary>
public sealed class OpenAccount
{
    public Task<Result<Account>> RunAsync(AccountOpening opening, CancellationToken cancellation) => throw new NotImplementedException();
}
