namespace Serverless.Banking.PensionFunds;

/// <param name="TotalInvestment">What the companies took of the contributions paid through the bank, those given back excepted.</param>
public sealed record FundDetails(PrivateFund It, Money TotalInvestment, IReadOnlyList<FundContribution> Contributions);

/// <summary>A customer's applications and funds (LDP-15, LDP-17).</summary>
public sealed class FindFunds
{
    private readonly FundTable table;
    private readonly FundRules rules;

    internal FindFunds(FundTable table, FundRules rules) => (this.table, this.rules) = (table, rules);

    /// <summary>Those whose contract is signed, newest first.</summary>
    public async Task<IReadOnlyList<PrivateFund>> ListAsync(CustomerId customer, CancellationToken cancellation) =>
        [.. (await table.ListAsync(customer, cancellation)).Where(it => it.State == FundState.Active)];

    /// <summary>In whatever state, newest first.</summary>
    public async Task<IReadOnlyList<PrivateFund>> ListApplicationsAsync(CustomerId customer, CancellationToken cancellation) =>
        [.. (await table.ListAsync(customer, cancellation)).Select(it => it.SeenAt(rules.Now))];

    /// <returns>In whatever state; or <see cref="PrivateFundNotFound"/>.</returns>
    public async Task<Result<PrivateFund>> ApplicationAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await table.FindAsync(customer, id, cancellation) is { } stored ? stored.It.SeenAt(rules.Now) : new PrivateFundNotFound();

    /// <returns>Or, first match: <see cref="PrivateFundNotFound"/>, <see cref="FundNotActive"/>.</returns>
    public async Task<Result<FundDetails>> DetailsAsync(CustomerId customer, Guid id, CancellationToken cancellation)
    {
        if (await table.FindAsync(customer, id, cancellation) is not { It: var it })
            return new PrivateFundNotFound();
        if (it.State != FundState.Active)
            return new FundNotActive(it.SeenAt(rules.Now).State);
        var contributions = await table.ContributionsAsync(customer, id, cancellation);
        var total = contributions.Where(one => one.State != FundContributionState.Returned).Aggregate(Money.Zero(Currency.All), (sum, one) => sum + one.Amount);
        return new FundDetails(it, total, contributions);
    }
}
