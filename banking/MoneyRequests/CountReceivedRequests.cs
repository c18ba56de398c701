namespace Serverless.Banking.MoneyRequests;

/// <summary>The number on the payer's icon: open requests received (REQ-07).</summary>
public sealed class CountReceivedRequests
{
    private readonly MoneyRequestTable table;

    internal CountReceivedRequests(MoneyRequestTable table) => this.table = table;

    public Task<int> RunAsync(CustomerId payer, CancellationToken cancellation) => table.CountReceivedAsync(payer, cancellation);
}
