using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>What the customer accepted when he opened an account, and when (ACC-23).</summary>
public sealed record AcceptedContract(Opening Opening, DocumentReference Document);

public sealed class FindContract
{
    private readonly FindAccount accounts;
    private readonly OpeningTable openings;
    private readonly AccountContract contract;

    internal FindContract(FindAccount accounts, OpeningTable openings, AccountContract contract) =>
        (this.accounts, this.openings, this.contract) = (accounts, openings, contract);

    /// <returns>The contract; or <see cref="AccountNotFound"/>, <see cref="AccountContractNotFound"/>.</returns>
    public async Task<Result<AcceptedContract>> RunAsync(CustomerId customer, AccountId id, CancellationToken cancellation)
    {
        var account = await accounts.RunAsync(customer, id, cancellation);
        if (!account.IsSuccess)
            return account.Error;
        return await openings.FindAsync(customer, id, cancellation) is { } opening
            ? new AcceptedContract(opening, contract.DocumentOf(opening))
            : new AccountContractNotFound();
    }
}
