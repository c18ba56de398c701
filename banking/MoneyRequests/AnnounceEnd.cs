namespace Serverless.Banking.MoneyRequests;

/// <summary>Tells the other party how a request ended, and notes that it was told.</summary>
internal sealed class AnnounceEnd(MoneyRequestTable table, RequestNotices notices)
{
    /// <remarks>Killed in between, the request stays due for the timer, and the notice meets itself.</remarks>
    public async Task RunAsync(StoredRequest ended, CancellationToken cancellation)
    {
        if (ended.It.Next is null)
            return;
        await notices.EndedAsync(ended.It, cancellation);
        await table.ChangeAsync(ended, ended.It with { Next = null }, cancellation);
    }
}
