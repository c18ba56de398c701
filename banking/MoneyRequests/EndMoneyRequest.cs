using NodaTime;
using Serverless.Banking.Messages;

namespace Serverless.Banking.MoneyRequests;

/// <summary>The payer declines, or the requester withdraws, an open request (REQ-15).</summary>
public sealed class EndMoneyRequest
{
    private readonly MoneyRequestTable table;
    private readonly IWorkMessages messages;
    private readonly TimeProvider time;

    internal EndMoneyRequest(MoneyRequestTable table, IWorkMessages messages, TimeProvider time) =>
        (this.table, this.messages, this.time) = (table, messages, time);

    /// <returns>The declined request, also when it was declined before. Or, first match: <see cref="MoneyRequestNotFound"/>, <see cref="NotThePayer"/>,
    /// <see cref="MoneyRequestNotOpen"/>, <see cref="MoneyRequestBeingPaid"/>.</returns>
    public Task<Result<SeenRequest>> DeclineAsync(CustomerId payer, MoneyRequestId id, CancellationToken cancellation) =>
        RunAsync(payer, id, RequestDirection.Received, MoneyRequestState.Declined, new NotThePayer(), cancellation);

    /// <returns>The withdrawn request, also when it was withdrawn before. Or, first match: <see cref="MoneyRequestNotFound"/>, <see cref="NotTheRequester"/>,
    /// <see cref="MoneyRequestNotOpen"/>, <see cref="MoneyRequestBeingPaid"/>.</returns>
    public Task<Result<SeenRequest>> WithdrawAsync(CustomerId requester, MoneyRequestId id, CancellationToken cancellation) =>
        RunAsync(requester, id, RequestDirection.Sent, MoneyRequestState.Withdrawn, new NotTheRequester(), cancellation);

    /// <remarks>
    /// The other party is told by whoever takes the message, at the latest by the timer: how long the answer takes does not say whether there was
    /// anybody to tell (REQ-06).
    /// </remarks>
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
                it = ended.It;
            }

            if (it.State != state)
                return new MoneyRequestNotOpen(it.State);
            if (it.Next is not null)
                await messages.SendAsync(WorkQueues.MoneyRequests, [.. table.PointersOf(it).Select(MoneyRequestDue.Of)], cancellation);
            return await FindMoneyRequest.SeeAsync(table, it, whose, cancellation);
        }
    }
}
