using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Messages;
using Serverless.Banking.Network;

namespace Serverless.Banking.MoneyRequests;

/// <summary>Creates the requests of one order together or not at all, and hands them out for delivery.</summary>
internal sealed class SendRequests(MoneyRequestTable table, BlockList blocks, IWorkMessages messages, IOptions<MoneyRequestsOptions> options, TimeProvider time)
{
    /// <summary>The message of the order delivers at once; this is when the timer looks for requests whose message was lost.</summary>
    private static readonly Duration DeliveryAtLatest = Duration.FromMinutes(1);

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>What was created under the key, or the fault of using it again; null for a new key.</summary>
    public async Task<Result<Guid>?> RepeatAsync(CustomerId requester, IdempotencyKey key, string requestHash, CancellationToken cancellation)
    {
        if (await table.FindByKeyAsync(requester, key, cancellation) is not { } earlier)
            return null;
        return earlier.RequestHash == requestHash ? earlier.Subject : new IdempotencyKeyReused();
    }

    /// <summary>A request to be sent. The calls made are the same whether the payer has blocked the requester or not (REQ-06).</summary>
    public async Task<MoneyRequest> MakeAsync(
        MoneyRequestId id, SplitId? split, CustomerId requester, RequestParty payer, Ledger.AccountId to, Money amount, string? details, Instant now,
        CancellationToken cancellation)
    {
        var isWithheld = await blocks.IsBlockedAsync(payer.Customer, requester, cancellation);
        var name = await blocks.NameAsync(payer.Customer, requester, cancellation);
        return new MoneyRequest(
            id, split, new RequestParty(requester, name, null), payer, to, amount, details, now, now + Duration.FromDays(options.Value.ExpiryAfterDays),
            MoneyRequestState.Open, null, isWithheld, new RequestStep(RequestStepKind.Deliver, now + DeliveryAtLatest), 0, null);
    }

    /// <returns>The subject: of this order, or of the earlier one with the key. Or, first match: <see cref="IdempotencyKeyReused"/>,
    /// <see cref="AlreadySplit"/>, <see cref="DailyRequestsReached"/>, <see cref="OpenRequestsReached"/>.</returns>
    public async Task<Result<Guid>> RunAsync(NewRequests order, CancellationToken cancellation)
    {
        while (true)
        {
            if (await FindEarlierAsync(order, cancellation) is { } earlier)
                return earlier;

            // Read before the counts: whoever sends meanwhile replaces the row, and this order is looked at again.
            var limits = await table.ReadLimitsAsync(order.Requester, Now.InZone(BankTime.Tirane).Date, cancellation);
            if (await RefusalAsync(order, limits, cancellation) is { } refused)
            {
                // What refuses may be this very order, sent by its twin since the look.
                return await FindEarlierAsync(order, cancellation) ?? refused;
            }

            if (!await table.AddAsync(order, limits, cancellation))
                continue;

            await messages.SendAsync(
                WorkQueues.MoneyRequests, [.. order.Requests.SelectMany(table.PointersOf).Select(MoneyRequestDue.Of)], cancellation);
            return order.Subject;
        }
    }

    /// <summary>What the key or the quote became before; null when this order is new.</summary>
    private async Task<Result<Guid>?> FindEarlierAsync(NewRequests order, CancellationToken cancellation)
    {
        if (await RepeatAsync(order.Requester, order.Key, order.RequestHash, cancellation) is { } repeat)
            return repeat;
        return await IsThereAsync(order, cancellation) ? order.Subject : null;
    }

    private async Task<bool> IsThereAsync(NewRequests order, CancellationToken cancellation) => order.Split is { } split
        ? await table.FindSplitAsync(order.Requester, split.Id, cancellation) is not null
        : await table.FindAsync(order.Requester, order.Requests[0].Id, cancellation) is not null;

    private async Task<Error?> RefusalAsync(NewRequests order, SentLimits limits, CancellationToken cancellation)
    {
        if (order.SplitMark is { } mark && await table.FindSplitMarkAsync(order.Requester, mark, cancellation) is { } made)
            return new AlreadySplit(made);
        if (limits.Count + order.Requests.Count > options.Value.RequestsPerDay)
            return new DailyRequestsReached(options.Value.RequestsPerDay);
        foreach (var payer in order.Requests.Select(it => it.Payer.Customer))
        {
            if (await table.CountOpenToAsync(order.Requester, payer, cancellation) >= options.Value.OpenToOnePayer)
                return new OpenRequestsReached(options.Value.OpenToOnePayer);
        }

        return null;
    }
}
