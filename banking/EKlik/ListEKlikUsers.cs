namespace Serverless.Banking.EKlik;

/// <summary>The users of eKlik that a customer has.</summary>
public sealed class ListEKlikUsers
{
    private readonly EKlikTable table;

    internal ListEKlikUsers(EKlikTable table) => this.table = table;

    /// <returns>By name.</returns>
    public async Task<IReadOnlyList<EKlikUser>> RunAsync(CustomerId customer, CancellationToken cancellation) =>
        [.. (await table.ListAsync(customer, cancellation)).Select(row => row.ToUser())];
}
