namespace Serverless.Banking.Webhooks;

/// <summary>Endpoints, and what they were told.</summary>
public sealed class ListEndpoints
{
    private readonly WebhookTable table;

    internal ListEndpoints(WebhookTable table) => this.table = table;

    /// <summary>All that are not removed, the oldest first; there are few.</summary>
    public async Task<IReadOnlyList<WebhookEndpoint>> RunAsync(CancellationToken cancellation) =>
        [.. (await table.ListEndpointsAsync(cancellation)).Select(record => record.It).Where(it => it.State != EndpointState.Removed).OrderBy(it => it.CreatedAt)];

    /// <summary>Newest first.</summary>
    /// <returns>Or <see cref="EndpointNotFound"/>.</returns>
    public async Task<Result<Page<WebhookDelivery>>> DeliveriesAsync(Guid endpoint, PageRequest page, CancellationToken cancellation) =>
        await table.FindEndpointAsync(endpoint, cancellation) is null ? new EndpointNotFound() : await table.ListAsync(endpoint, page, cancellation);
}
