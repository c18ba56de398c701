using NodaTime;
using Serverless.Banking.Iso20022;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Telemetry;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>Carries an order through the steps that its state asks for. Every step may be repeated, by whoever comes next.</summary>
/// <remarks>
/// The order's row decides (guarded by its ETag); then the books; then what the customer sees; last the index row goes. So a process killed anywhere
/// leaves a state from which <see cref="ContinueAsync"/> goes on.
/// </remarks>
internal sealed class InterbankCourse(
    InterbankOrders orders, PostJournal post, VoidJournal voids, ReleaseHold release, TransferTable table, LimitBooks books, TransferLimits limits,
    InterbankExceptions exceptions, SendNotice notices, TimeProvider time, BankMetrics metrics)
{
    private const int TriesAtMost = 12;

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Finishes what was decided.</summary>
    /// <exception cref="InvalidOperationException">The account is too busy or storage fails: to be tried again.</exception>
    public async Task<OrderRecord> ContinueAsync(OrderRecord record, CancellationToken cancellation)
    {
        switch (record.Order.State)
        {
            case InterbankOrderState.Settling:
                await SettleAsync(record.Order, cancellation);
                record = await MoveAsync(record, InterbankOrderState.Settling, InterbankOrderState.Settled, cancellation);
                goto case InterbankOrderState.Settled;
            case InterbankOrderState.Settled:
                if (record.Order.State != InterbankOrderState.Settled)
                    return await ContinueAsync(record, cancellation);
                await orders.CloseAsync(record.Order.Id, cancellation);
                return record;
            case InterbankOrderState.Rejecting:
                await LiftAsync(record.Order, cancellation);
                await RejectTransferAsync(record.Order, cancellation);
                record = await MoveAsync(record, InterbankOrderState.Rejecting, InterbankOrderState.Rejected, cancellation);
                await orders.UnstopAsync(record.Order.Id, cancellation);
                await orders.CloseAsync(record.Order.Id, cancellation);
                return record;
            case InterbankOrderState.Returning:
                await SettleAsync(record.Order, cancellation);
                await CreditReturnAsync(record.Order, cancellation);
                record = await MoveAsync(record, InterbankOrderState.Returning, InterbankOrderState.Returned, cancellation);
                await orders.CloseAsync(record.Order.Id, cancellation);
                return record;
            case InterbankOrderState.Abandoned:
                await LiftAsync(record.Order, cancellation);
                await RejectTransferAsync(record.Order, cancellation);
                await orders.CloseAsync(record.Order.Id, cancellation);
                return record;
            case InterbankOrderState.Rejected or InterbankOrderState.Returned:
                await orders.UnstopAsync(record.Order.Id, cancellation);
                await orders.CloseAsync(record.Order.Id, cancellation);
                return record;
            default:
                return record;
        }
    }

    /// <summary>The network's word on a payment: accepted or rejected. Whatever it says twice, late or against itself changes nothing.</summary>
    public async Task<OrderRecord> ApplyAsync(OrderRecord record, PaymentStatus status, CancellationToken cancellation)
    {
        if (status.Status == PaymentStatusCode.Pending)
            return record;
        var to = status.Status == PaymentStatusCode.Settled ? InterbankOrderState.Settling : InterbankOrderState.Rejecting;
        var reason = status.Reasons.Count > 0 ? status.Reasons[0].Code : null;
        (record, _) = await orders.ChangeAsync(
            record, order => order.State == InterbankOrderState.Sent ? order with { State = to, Reason = reason } : null, cancellation);
        var stands = to == InterbankOrderState.Settling
            ? record.Order.State is InterbankOrderState.Settling or InterbankOrderState.Settled or InterbankOrderState.Returning or InterbankOrderState.Returned
            : record.Order.State is InterbankOrderState.Rejecting or InterbankOrderState.Rejected;
        if (!stands)
            await exceptions.ReportAsync(InterbankExceptionKind.ContradictoryAnswer, record.Order.MessageId, to.ToString(), cancellation);
        return await ContinueAsync(record, cancellation);
    }

    /// <summary>Money comes back. It comes back only what was settled, so a return that overtakes the acceptance stands for it too.</summary>
    public async Task<OrderRecord> ApplyAsync(OrderRecord record, ReturnedPayment returned, CancellationToken cancellation)
    {
        var amount = record.Order.Transfer.Amount;
        var id = returned.ReturnId ?? "";
        if (returned.Amount.Currency != amount.Currency || returned.Amount > amount)
        {
            await exceptions.ReportAsync(InterbankExceptionKind.UnexpectedReturn, record.Order.MessageId, id, cancellation);
            return record;
        }

        await orders.OpenAsync(record.Order, cancellation);
        (record, _) = await orders.ChangeAsync(
            record,
            order => order.State is InterbankOrderState.Sent or InterbankOrderState.Settling or InterbankOrderState.Settled
                ? order with
                {
                    State = InterbankOrderState.Returning,
                    ReturnId = id,
                    Returned = returned.Amount,
                    Reason = returned.Reasons.Count > 0 ? returned.Reasons[0].Code : null,
                }
                : null,
            cancellation);
        if (record.Order.ReturnId != id)
            await exceptions.ReportAsync(InterbankExceptionKind.UnexpectedReturn, record.Order.MessageId, id, cancellation);
        return await ContinueAsync(record, cancellation);
    }

    /// <summary>Ends an order that has not left.</summary>
    public async Task<OrderRecord> RejectAsync(OrderRecord record, string reason, Func<InterbankOrder, bool> when, CancellationToken cancellation)
    {
        (record, _) = await orders.ChangeAsync(
            record, order => when(order) ? order with { State = InterbankOrderState.Rejecting, Reason = reason } : null, cancellation);
        return await ContinueAsync(record, cancellation);
    }

    /// <summary>What the customer sees moves on; never back.</summary>
    /// <returns>The transfer as it is then; null when the customer never had it.</returns>
    public async Task<TransferRecord?> ShowAsync(Transfer transfer, TransferState state, Error? failure, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await table.FindAsync(transfer.Customer, transfer.Id, cancellation) is not { } record)
                return null;
            if (!CanBecome(record.Transfer.State, state))
                return record;
            var now = Now;
            var book = state == TransferState.Rejected ? limits.GiveBack(await books.ReadAsync(transfer.Customer, cancellation), record.Transfer, now) : null;
            var after = record.Transfer.At(state, now, failure);
            if (await table.ReplaceAsync(record, after, book))
                return record with { Transfer = after };
            await StorageFaults.BackOffAsync(attempt);
        }

        throw new InvalidOperationException($"Transfer {transfer.Id} is being changed by many others.");
    }

    private static bool CanBecome(TransferState from, TransferState to) => (from, to) switch
    {
        (TransferState.Rejected or TransferState.Returned, _) => false,
        (TransferState.Settled, _) => to == TransferState.Returned,
        _ => to > from,
    };

    private async Task SettleAsync(InterbankOrder order, CancellationToken cancellation)
    {
        var posted = await post.RunAsync(InterbankJournals.Settlement(order, Now), cancellation);
        if (posted.Error is { } error)
        {
            // The bank owes the network the money already; an account blocked meanwhile is for staff to open.
            if (error is not AccountBusy)
                await exceptions.ReportAsync(InterbankExceptionKind.NotPostable, order.MessageId, error.Code, cancellation);
            throw new InvalidOperationException($"Transfer {order.Id} cannot be settled now: {error.Code}.");
        }

        await ShowAsync(order.Transfer, TransferState.Settled, null, cancellation);
        await TellAsync(order, NoticeKind.TransferSettled, order.Instructed, cancellation);
    }

    /// <summary>A hold that was never placed is lifted too, so that a slow process cannot place it afterwards.</summary>
    private async Task LiftAsync(InterbankOrder order, CancellationToken cancellation)
    {
        var released = await release.RunAsync(order.Hold, order.Transfer.From, order.Transfer.Debit.Currency, cancellation);
        if (released.Error is AccountBusy)
            throw new InvalidOperationException($"The hold of transfer {order.Id} cannot be lifted now.");
    }

    private async Task RejectTransferAsync(InterbankOrder order, CancellationToken cancellation)
    {
        if (await ShowAsync(order.Transfer, TransferState.Rejected, FailureOf(order), cancellation) is { Transfer.State: TransferState.Rejected })
            await TellAsync(order, NoticeKind.TransferRejected, order.Instructed, cancellation);
    }

    private static Error FailureOf(InterbankOrder order) =>
        order.State == InterbankOrderState.Abandoned ? new TransferInterrupted() : new TransferRejected(order.Reason ?? "");

    private async Task CreditReturnAsync(InterbankOrder order, CancellationToken cancellation)
    {
        var posted = await post.RunAsync(InterbankJournals.Return(order, Now, toSuspense: false), cancellation);
        if (posted.Error is AccountBusy)
            throw new InvalidOperationException($"The return of transfer {order.Id} cannot be credited now.");
        if (!posted.IsSuccess && (await voids.RunAsync(order.ReturnJournal, order.Transfer.From, cancellation)).Value == VoidOutcome.Voided)
        {
            // The account takes nothing any more: the money waits where staff see it, and can never arrive twice.
            var kept = await post.RunAsync(InterbankJournals.Return(order, Now, toSuspense: true), cancellation);
            if (!kept.IsSuccess && kept.Error is not JournalMismatch)
                throw new InvalidOperationException($"The return of transfer {order.Id} cannot be booked now: {kept.Error.Code}.");
            await exceptions.ReportAsync(InterbankExceptionKind.ReturnOnSuspense, order.MessageId, order.Reason ?? "", cancellation);
        }

        await ShowAsync(order.Transfer, TransferState.Returned, null, cancellation);
        await TellAsync(order, NoticeKind.TransferReturned, InterbankJournals.Credited(order), cancellation);
    }

    private async Task<OrderRecord> MoveAsync(OrderRecord record, InterbankOrderState from, InterbankOrderState to, CancellationToken cancellation)
    {
        var (moved, isChanged) = await orders.ChangeAsync(record, order => order.State == from ? order with { State = to } : null, cancellation);
        if (isChanged && to is (InterbankOrderState.Settled or InterbankOrderState.Rejected or InterbankOrderState.Returned))
            metrics.Transfer(moved.Order.Transfer.Kind.Short(), to.ToString().ToLowerInvariant(), moved.Order.Transfer.Amount);
        return moved;
    }

    private Task TellAsync(InterbankOrder order, NoticeKind kind, Money amount, CancellationToken cancellation) => notices.RunAsync(
        new Notice(
            NoticeId.Of(kind.ToString(), order.MessageId), order.Transfer.Customer, NoticeChannel.Push, kind,
            new Dictionary<string, string> { ["amount"] = $"{amount.ToDecimalString()} {amount.Currency.Code}", ["name"] = order.Transfer.To.Name },
            $"transfers/{order.Id.Value:D}"),
        cancellation);
}
