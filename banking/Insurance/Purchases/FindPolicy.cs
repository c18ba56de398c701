namespace Serverless.Banking.Insurance;

/// <summary>One purchase of a customer, as it stands.</summary>
public sealed class FindPolicy
{
    private readonly PurchaseTable purchases;

    internal FindPolicy(PurchaseTable purchases) => this.purchases = purchases;

    /// <returns>Or <see cref="PolicyNotFound"/>.</returns>
    public async Task<Result<PolicyPurchase>> RunAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await purchases.FindAsync(id, cancellation) is { } record && record.It.Customer == customer ? record.It : new PolicyNotFound();
}

/// <summary>What a customer has bought (PAY-18).</summary>
public sealed class ListPolicies
{
    private readonly PurchaseTable purchases;

    internal ListPolicies(PurchaseTable purchases) => this.purchases = purchases;

    /// <returns>Newest first.</returns>
    public Task<Page<PolicyPurchase>> RunAsync(CustomerId customer, PageRequest page, CancellationToken cancellation) => purchases.ListAsync(customer, page, cancellation);
}
