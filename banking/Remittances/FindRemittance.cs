namespace Serverless.Banking.Remittances;

/// <summary>One remittance of a customer, as it stands.</summary>
public sealed class FindRemittance
{
    private readonly RemittanceTable remittances;

    internal FindRemittance(RemittanceTable remittances) => this.remittances = remittances;

    /// <returns>The remittance, or <see cref="RemittanceNotFound"/>.</returns>
    public async Task<Result<Remittance>> RunAsync(CustomerId customer, RemittanceId id, CancellationToken cancellation) =>
        await remittances.FindAsync(id, cancellation) is { } record && record.Remittance.Customer == customer ? record.Remittance : new RemittanceNotFound();
}
