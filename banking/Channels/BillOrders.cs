using Serverless.Banking.Bills;

namespace Serverless.Banking.Channels;

/// <summary>Bill authorisations go on (LIFE-12).</summary>
internal sealed class BillOrders(ListAuthorisations list) : IRunningOrders
{
    public async Task<IReadOnlyList<RunningOrder>> RunAsync(CustomerId customer, CancellationToken cancellation) =>
        [.. (await list.RunAsync(customer, AuthorisationState.Active, cancellation))
            .Select(authorisation => new RunningOrder("bill_authorisation", authorisation.Number, null, authorisation.Next?.On))];
}
