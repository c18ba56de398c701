using Microsoft.Extensions.Options;
using Serverless.Banking.Iso20022;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>Hands a cleared order to the network, or asks it what became of one that it has: one payment, however often this runs.</summary>
/// <remarks>
/// The order says "sent" before the message leaves, and what is sent again is the same message under the same id, which the network takes once. Silence is no
/// refusal: from here on only the network's answer ends the hold.
/// </remarks>
public sealed class SendInterbankOrder
{
    private readonly InterbankOrders orders;
    private readonly InterbankCourse course;
    private readonly InterbankClient network;
    private readonly HoldWrites holds;
    private readonly IOptions<InterbankOptions> options;

    internal SendInterbankOrder(
        InterbankOrders orders, InterbankCourse course, InterbankClient network, HoldWrites holds, IOptions<InterbankOptions> options) =>
        (this.orders, this.course, this.network, this.holds, this.options) = (orders, course, network, holds, options);

    /// <returns>The order's state; null when there is none. <see cref="InterbankOrderState.Sent"/>: no final answer yet, ask again.</returns>
    public async Task<InterbankOrderState?> RunAsync(TransferId id, CancellationToken cancellation)
    {
        if (await orders.FindAsync(id, cancellation) is not { } record)
            return null;
        if (record.Order.State == InterbankOrderState.Cleared)
            record = await SendAsync(record, cancellation);
        else if (record.Order.State == InterbankOrderState.Sent)
            record = await AskAsync(record, cancellation);
        return (await course.ContinueAsync(record, cancellation)).Order.State;
    }

    private async Task<OrderRecord> SendAsync(OrderRecord record, CancellationToken cancellation)
    {
        // Nothing leaves that is not reserved.
        if (await holds.FindAsync(record.Order.Transfer.From, record.Order.Hold, cancellation) is not { State: HoldState.Held })
            return await course.RejectAsync(record, InterbankReasons.HoldLost, order => order.State == InterbankOrderState.Cleared, cancellation);
        var now = course.Now;
        var draft = OutgoingMessage.Write(record.Order with { SentAt = now }, Bic.Of(options.Value.Bic));
        if (!draft.IsSuccess)
            return await course.RejectAsync(record, InterbankReasons.MessageRefused, order => order.State == InterbankOrderState.Cleared, cancellation);

        (record, _) = await orders.ChangeAsync(
            record, order => order.State == InterbankOrderState.Cleared ? order with { State = InterbankOrderState.Sent, SentAt = now } : null, cancellation);
        return record.Order.State == InterbankOrderState.Sent ? await PassOnAsync(record, cancellation) : record;
    }

    private async Task<OrderRecord> PassOnAsync(OrderRecord record, CancellationToken cancellation)
    {
        var message = OutgoingMessage.Write(record.Order, Bic.Of(options.Value.Bic)).Value!;
        switch (await network.SendAsync(message, cancellation))
        {
            case NetworkReceipt.Taken or NetworkReceipt.Conflict:
                await course.ShowAsync(record.Order.Transfer, TransferState.Sent, null, cancellation);
                return record;
            case NetworkReceipt.Refused:
                return await course.RejectAsync(record, InterbankReasons.MessageRefused, order => order.State == InterbankOrderState.Sent, cancellation);
            default:
                return record;
        }
    }

    private async Task<OrderRecord> AskAsync(OrderRecord record, CancellationToken cancellation)
    {
        var (receipt, report) = await network.AskAsync(record.Order.MessageId, cancellation);
        if (receipt == NetworkReceipt.NeverReceived)
            return await PassOnAsync(record, cancellation);
        if (report?.Statuses.FirstOrDefault(status => status.Original.MessageId == record.Order.MessageId) is not { } status)
            return record;
        await course.ShowAsync(record.Order.Transfer, TransferState.Sent, null, cancellation);
        return await course.ApplyAsync(record, status, cancellation);
    }
}
