using NodaTime;

namespace Serverless.Banking.MoneyRequests;

/// <summary>The payer declines, or the requester withdraws, an open request (REQ-15).</summary>
public sealed class EndMoneyRequest
{
    private readonly MoneyRequestTable table;
    private readonly AnnounceEnd announce;
    private readonly TimeProvider time;

    internal EndMoneyRequest(MoneyRequestTable table, AnnounceEnd announce, TimeProvider time) =>
        (this.table, this.announce, this.time) = (table, announce, time);

    /// <returns>The declined request, also when it was declined before. Or, first match: <see cref="MoneyRequestNotFound"/>, <see cref="NotThePayer"/>,
    /// <see cref="MoneyRequestNotOpen"/>, <see cref="MoneyRequestBeingPaid"/>.</returns>
    public Task<Result<SeenRequest>> DeclineAsync(CustomerId payer, MoneyRequestId id, CancellationToken cancellation) =>
        RunAsync(payer, id, RequestDirection.Received, MoneyRequestState.Declined, new NotThePayer(), cancellation);

    /// <returns>The withdrawn request, also when it was withdrawn before. Or, first match: <see cref="MoneyRequestNotFound"/>, <see cref="NotTheRequester"/>,
    /// <see cref="MoneyRequestNotOpen"/>, <see cref="MoneyRequestBeingPaid"/>.</returns>
    public Task<Result<SeenRequest>> WithdrawAsync(CustomerId requester, MoneyRequestId id, CancellationToken cancellation) =>
        RunAsync(requester, id, RequestDirection.Sent, MoneyRequestState.Withdrawn, new NotTheRequester(), cancellation);

    private async Task<Result<SeenRequest>> RunAsync(
        CustomerId customer, MoneyRequestId id, RequestDirection whose, MoneyRequestState state, Error notTheirs, CancellationToken cancellation)
    {
        while (true)
        {
            if (await table.FindForAsync(customer, id, cancellation) is not { } found)
                return new MoneyRequestNotFound();
            if (found.Direction != whose)
                return notTheirs;
            var it = found.Request.It;
            if (it.State == MoneyRequestState.Open)
            {
                if (it.Payment is not null)
                    return new MoneyRequestBeingPaid();
                var ended = await table.ChangeAsync(found.Request, it.End(state, Instant.FromDateTimeOffset(time.GetUtcNow())), cancellation);
                if (ended is null)
                    continue;
                (it, found.Request) = (ended.It, ended);
            }

            if (it.State != state)
                return new MoneyRequestNotOpen(it.State);
            await announce.RunAsync(found.Request, cancellation);
            return await FindMoneyRequest.SeeAsync(table, it, whose, cancellation);
        }
    }
}
