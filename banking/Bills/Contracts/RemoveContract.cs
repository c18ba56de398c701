namespace Serverless.Banking.Bills;

/// <summary>Removes a contract and with it the pushes for its new invoices (BILL-21).</summary>
public sealed class RemoveContract
{
    private readonly ContractTable contracts;
    private readonly InvoiceSubscriptions subscriptions;
    private readonly IContractAuthorisations authorisations;

    internal RemoveContract(ContractTable contracts, InvoiceSubscriptions subscriptions, IContractAuthorisations authorisations) =>
        (this.contracts, this.subscriptions, this.authorisations) = (contracts, subscriptions, authorisations);

    /// <returns>Or, first match: <see cref="ContractNotFound"/>, <see cref="ContractInUse"/>.</returns>
    /// <remarks>The contract goes first: pushes end with it, whatever becomes of the index rows.</remarks>
    public async Task<Result<Nothing>> RunAsync(CustomerId customer, ContractId id, CancellationToken cancellation)
    {
        if (await contracts.FindAsync(customer, id, cancellation) is not { } contract)
            return new ContractNotFound();
        if ((await authorisations.ListActiveAsync(customer, cancellation)).TryGetValue(contract.Account, out var user))
            return new ContractInUse(user.Id);

        await contracts.RemoveAsync(customer, id, cancellation);
        await subscriptions.RemoveAsync(contract.Account, id, cancellation);
        return default(Nothing);
    }
}
