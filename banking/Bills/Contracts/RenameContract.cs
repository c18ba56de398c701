namespace Serverless.Banking.Bills;

/// <summary>Gives a contract another name (BILL-21).</summary>
public sealed class RenameContract
{
    private readonly ContractTable contracts;

    internal RenameContract(ContractTable contracts) => this.contracts = contracts;

    /// <param name="name">1 to 60 characters.</param>
    /// <returns>The renamed contract, or <see cref="ContractNotFound"/>.</returns>
    public async Task<Result<Contract>> RunAsync(CustomerId customer, ContractId id, string name, CancellationToken cancellation) =>
        await contracts.RenameAsync(customer, id, name, cancellation) is { } renamed ? renamed : new ContractNotFound();
}
