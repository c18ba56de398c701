namespace Serverless.Banking.MoneyRequests;

/// <summary>A split with what has become of its requests.</summary>
/// <param name="Requests">In the order of the shares, without the requester's own.</param>
public sealed record SeenSplit(Split Split, IReadOnlyList<MoneyRequest> Requests)
{
    /// <summary>None of its requests is open (REQ-20).</summary>
    public bool IsComplete => Requests.All(it => it.State != MoneyRequestState.Open);
}

/// <summary>One split of the customer.</summary>
public sealed class FindSplit
{
    private readonly MoneyRequestTable table;

    internal FindSplit(MoneyRequestTable table) => this.table = table;

    /// <returns>Or <see cref="SplitNotFound"/>.</returns>
    public async Task<Result<SeenSplit>> RunAsync(CustomerId requester, SplitId id, CancellationToken cancellation)
    {
        if (await table.FindSplitAsync(requester, id, cancellation) is not { } split)
            return new SplitNotFound();
        var requests = await Task.WhenAll(split.Shares.Select(share => share.Request).OfType<MoneyRequestId>()
            .Select(request => table.FindAsync(requester, request, cancellation)));
        return new SeenSplit(split, [.. requests.Select(stored => stored!.It)]);
    }
}
