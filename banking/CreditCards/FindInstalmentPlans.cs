using Serverless.Banking.Partners;

namespace Serverless.Banking.CreditCards;

/// <summary>The purchases that a customer pays in instalments, as they stand at the processor.</summary>
public sealed class FindInstalmentPlans
{
    private readonly InstalmentPlanTable table;
    private readonly CardInstalmentsClient processor;

    internal FindInstalmentPlans(InstalmentPlanTable table, CardInstalmentsClient processor) => (this.table, this.processor) = (table, processor);

    /// <returns>Newest first; closed ones too. Or <see cref="CardProcessorUnavailable"/>.</returns>
    public async Task<Result<IReadOnlyList<SeenPlan>>> ListAsync(CustomerId customer, CancellationToken cancellation)
    {
        var ordered = (await table.ListAsync(customer, cancellation)).OrderByDescending(one => one.OrderedAt).ToArray();
        var found = await Task.WhenAll(ordered.Select(one => processor.FindAsync(one.Id, cancellation)));
        if (found.Any(one => !one.IsSuccess))
            return new CardProcessorUnavailable();

        // What the processor has refused, or was never told, is no plan.
        return ordered.Zip(found).Where(pair => pair.Second.Value is not null).Select(pair => new SeenPlan(pair.Second.Value!, pair.First.Merchant)).ToArray();
    }

    /// <returns>Or, first match: <see cref="InstalmentPlanNotFound"/>, <see cref="CardProcessorUnavailable"/>.</returns>
    public async Task<Result<SeenPlan>> RunAsync(CustomerId customer, Guid id, CancellationToken cancellation)
    {
        if (await table.FindAsync(customer, id, cancellation) is not { } ordered)
            return new InstalmentPlanNotFound();
        var found = await processor.FindAsync(id, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return found.Value is { } plan ? new SeenPlan(plan, ordered.Merchant) : new InstalmentPlanNotFound();
    }
}
