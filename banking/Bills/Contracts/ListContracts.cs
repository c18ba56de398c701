using NodaTime;

namespace Serverless.Banking.Bills;

/// <summary>A contract with what is open on it.</summary>
/// <param name="UnpaidCount">Invoices that can be paid now; one that is being paid is not among them.</param>
/// <param name="UnpaidTotal">Their amounts and penalties; null when there is none. All of one company are in one currency.</param>
/// <param name="AsOf">When the company was last asked.</param>
/// <param name="Authorisation">The customer's active one for the same client account; null when there is none.</param>
public sealed record ContractOverview(
    Contract Contract, Company Company, int UnpaidCount, Money? UnpaidTotal, Instant? AsOf, ContractAuthorisation? Authorisation);

/// <summary>The registered companies and the customer's contracts with each (BILL-05).</summary>
public sealed class ListContracts
{
    private readonly CompanyCatalogue companies;
    private readonly ContractTable contracts;
    private readonly InvoiceTable invoices;
    private readonly IContractAuthorisations authorisations;

    internal ListContracts(CompanyCatalogue companies, ContractTable contracts, InvoiceTable invoices, IContractAuthorisations authorisations) =>
        (this.companies, this.contracts, this.invoices, this.authorisations) = (companies, contracts, invoices, authorisations);

    /// <returns>By company in the catalogue's order, within a company the newest first; those of one company stand together.</returns>
    /// <remarks>Unpaid invoices are the last known ones: asking every company here would make the list as slow as the slowest.</remarks>
    public async Task<Page<ContractOverview>> RunAsync(CustomerId customer, PageRequest page, CancellationToken cancellation)
    {
        var listed = contracts.ListAsync(customer, cancellation);
        var active = await authorisations.ListActiveAsync(customer, cancellation);
        var order = companies.All.Select((company, index) => (company.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        var all = (await listed)
            .OrderBy(contract => order[contract.Account.Company])
            .ThenByDescending(contract => contract.RegisteredAt)
            .ThenBy(contract => contract.Id.Value)
            .ToArray();
        var first = page.After is null ? 0 : Array.FindIndex(all, contract => contract.Id.ToString() == page.After) + 1;
        var items = await Task.WhenAll(all.Skip(first).Take(page.Limit).Select(contract => LookAsync(contract, active, cancellation)));
        return new Page<ContractOverview>(items, first + items.Length < all.Length ? items[^1].Contract.Id.ToString() : null);
    }

    /// <returns>The contract, or <see cref="ContractNotFound"/>.</returns>
    public async Task<Result<ContractOverview>> FindAsync(CustomerId customer, ContractId id, CancellationToken cancellation)
    {
        if (await contracts.FindAsync(customer, id, cancellation) is not { } contract)
            return new ContractNotFound();
        return await LookAsync(contract, await authorisations.ListActiveAsync(customer, cancellation), cancellation);
    }

    private async Task<ContractOverview> LookAsync(
        Contract contract, IReadOnlyDictionary<ClientAccount, ContractAuthorisation> active, CancellationToken cancellation)
    {
        var known = await invoices.ReadAsync(contract.Account, cancellation);
        var unpaid = known.Open().Where(invoice => invoice.State == InvoiceState.Unpaid).ToArray();
        return new ContractOverview(
            contract,
            companies.Of(contract.Account.Company),
            unpaid.Length,
            unpaid.Length == 0 ? null : unpaid.Select(invoice => invoice.Total).Aggregate((sum, total) => sum + total),
            known.AsOf,
            active.GetValueOrDefault(contract.Account));
    }
}
