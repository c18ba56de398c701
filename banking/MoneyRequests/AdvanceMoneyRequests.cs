using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Messages;

namespace Serverless.Banking.MoneyRequests;

/// <summary>Finds the requests with something to do by now and hands each to whoever is free (REQ-16).</summary>
/// <remarks>Costs in proportion to what is due. Running twice, or after a missed day, is harmless: the request says what still holds.</remarks>
public sealed class AdvanceDueRequests
{
    private readonly MoneyRequestTable table;
    private readonly IWorkMessages messages;

    internal AdvanceDueRequests(MoneyRequestTable table, IWorkMessages messages) => (this.table, this.messages) = (table, messages);

    /// <returns>How many were handed out.</returns>
    public async Task<int> RunAsync(Instant now, CancellationToken cancellation)
    {
        List<MoneyRequestDue> found = [];
        await foreach (var pointer in table.DueAsync(now, cancellation))
            found.Add(MoneyRequestDue.Of(pointer));
        if (found.Count > 0)
            await messages.SendAsync(WorkQueues.MoneyRequests, found, cancellation);
        return found.Count;
    }
}

/// <summary>The message that asks for one step of one request.</summary>
public sealed record MoneyRequestDue(string Partition, string Row, string Requester, Guid Request)
{
    internal static MoneyRequestDue Of(DuePointer pointer) => new(pointer.Partition, pointer.Row, pointer.Requester.Value, pointer.Request.Value);
}

/// <summary>Takes one request on: delivers it, reminds of it, lets it expire, or carries a killed payment through (REQ-07, REQ-16).</summary>
public sealed class AdvanceMoneyRequest
{
    private readonly MoneyRequestTable table;
    private readonly RequestNotices notices;
    private readonly AnnounceEnd announce;
    private readonly RequestCourse course;
    private readonly MoneyRequestsOptions options;
    private readonly TimeProvider time;

    internal AdvanceMoneyRequest(
        MoneyRequestTable table, RequestNotices notices, AnnounceEnd announce, RequestCourse course, IOptions<MoneyRequestsOptions> options,
        TimeProvider time) =>
        (this.table, this.notices, this.announce, this.course, this.options, this.time) = (table, notices, announce, course, options.Value, time);

    /// <remarks>Comes twice, late and at the same time: what a step does may be repeated, and the request moves on under its ETag.</remarks>
    public async Task RunAsync(MoneyRequestDue due, CancellationToken cancellation)
    {
        var pointer = new DuePointer(due.Partition, due.Row, CustomerId.Of(due.Requester), new MoneyRequestId(due.Request));
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        if (await table.FindAsync(pointer.Requester, pointer.Request, cancellation) is not { } stored || !table.PointersOf(stored.It).Contains(pointer))
        {
            await DropStrayAsync(pointer, cancellation);
            return;
        }

        if (stored.It.State != MoneyRequestState.Open)
        {
            await announce.RunAsync(stored, cancellation);
            return;
        }

        if (stored.It.Payment is { } payment)
        {
            // Nothing else is done with a request that is being paid: what is due stays due.
            if (MoneyRequestTable.SweepAt(payment) <= now)
                await course.CarryThroughAsync(stored, cancellation);
            return;
        }

        var it = stored.It;
        var step = it.Next!;
        if (step.Kind != RequestStepKind.Deliver && step.At > now)
            return;

        // After a long stop nobody is reminded of what expires in the same moment.
        var kind = step.Kind == RequestStepKind.Remind && it.ExpiresAt <= now ? RequestStepKind.Expire : step.Kind;
        switch (kind)
        {
            case RequestStepKind.Deliver:
                if (!it.IsWithheld)
                {
                    await table.DeliverAsync(it, cancellation);
                    await notices.RequestedAsync(it, cancellation);
                }

                var remindAt = it.CreatedAt + Duration.FromDays(options.ReminderAfterDays);
                await table.ChangeAsync(
                    stored,
                    it with { Next = remindAt < it.ExpiresAt ? new RequestStep(RequestStepKind.Remind, remindAt) : new RequestStep(RequestStepKind.Expire, it.ExpiresAt) },
                    cancellation);
                break;
            case RequestStepKind.Remind:
                await notices.RemindAsync(it, cancellation);
                await table.ChangeAsync(stored, it with { Next = new RequestStep(RequestStepKind.Expire, it.ExpiresAt) }, cancellation);
                break;
            default:
                if (await table.ChangeAsync(stored, it.End(MoneyRequestState.Expired, it.ExpiresAt), cancellation) is { } expired)
                    await announce.RunAsync(expired, cancellation);
                break;
        }
    }

    /// <summary>A pointer is written before its request, so one that leads nowhere is dropped only when nobody can be about to write that request.</summary>
    private async Task DropStrayAsync(DuePointer pointer, CancellationToken cancellation)
    {
        if (await table.FindPointerAsync(pointer, cancellation) is not { } stray || !IsAbandoned(stray.WrittenAt))
            return;
        if (await table.FindAsync(pointer.Requester, pointer.Request, cancellation) is not { } stored || !table.PointersOf(stored.It).Contains(pointer))
            await table.DropPointerAsync(stray, cancellation);
    }

    /// <summary>Longer than any request of the app lives: the platform ends one after 230 seconds.</summary>
    private bool IsAbandoned(DateTimeOffset? writtenAt) => writtenAt is not { } at || time.GetUtcNow() - at > TimeSpan.FromMinutes(4);
}
