namespace Serverless.Banking.Bills;

/// <summary>All authorisations of a customer, active and cancelled (BILL-13).</summary>
public sealed class ListAuthorisations : IContractAuthorisations
{
    private readonly AuthorisationTable table;
    private readonly AuthorisationRules rules;

    internal ListAuthorisations(AuthorisationTable table, AuthorisationRules rules) => (this.table, this.rules) = (table, rules);

    /// <param name="state">Null: all.</param>
    /// <returns>Newest first.</returns>
    public async Task<IReadOnlyList<Authorisation>> RunAsync(CustomerId customer, AuthorisationState? state, CancellationToken cancellation)
    {
        var all = await table.ListAsync(customer, cancellation);
        return state is null ? all : [.. all.Where(it => it.State == state)];
    }

    public async Task<IReadOnlyDictionary<ClientAccount, ContractAuthorisation>> ListActiveAsync(CustomerId customer, CancellationToken cancellation) =>
        (await table.ListAsync(customer, cancellation)).Where(it => !it.IsOver(rules.Today)).ToDictionary(
            it => it.Account, it => new ContractAuthorisation(it.Id.Value, it.Number, it.Terms.Type == PaymentType.Automatic));
}
