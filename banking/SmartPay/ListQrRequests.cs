using Serverless.Banking.Storage;

namespace Serverless.Banking.SmartPay;

/// <summary>The requests that a customer has made by QR, and how they stand (QR-28).</summary>
public sealed class ListQrRequests
{
    private readonly SmartPayTable table;
    private readonly TimeProvider time;

    internal ListQrRequests(SmartPayTable table, TimeProvider time) => (this.table, this.time) = (table, time);

    /// <returns>Newest first.</returns>
    public async Task<Page<SeenQrRequest>> RunAsync(CustomerId owner, PageRequest page, CancellationToken cancellation)
    {
        var reading = table.ListAsync(owner, cancellation);
        var requests = await table.ListRequestsAsync(owner, page, cancellation);
        var accounts = (await reading).ToDictionary(account => account.Id);
        return new Page<SeenQrRequest>([.. requests.Items.Select(it => See(it, accounts[it.QrAccount]))], requests.Next);
    }

    /// <returns>Or <see cref="QrRequestNotFound"/>.</returns>
    public async Task<Result<SeenQrRequest>> FindAsync(CustomerId owner, QrRequestId id, CancellationToken cancellation) =>
        await table.FindAsync(owner, id, cancellation) is { } found && await table.FindAsync(owner, found.Stored.It.QrAccount, cancellation) is { } account
            ? See(found.Stored.It, account.It)
            : new QrRequestNotFound();

    private SeenQrRequest See(QrRequest it, QrAccount account) => new(it, it.StateAt(time.NowToTheMillisecond(), account));
}
