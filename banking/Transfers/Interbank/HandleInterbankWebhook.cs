using Serverless.Banking.Iso20022;
using Serverless.Banking.Partners;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>What the network tells by itself: status reports, returns, payments for this bank's customers (TRF-40).</summary>
/// <remarks>Every message may come twice, late and in any order; what it does is decided by the orders and the books, so no list of handled ids is kept.</remarks>
public sealed class HandleInterbankWebhook
{
    private readonly InterbankOrders orders;
    private readonly InterbankCourse course;
    private readonly CreditIncoming incoming;
    private readonly InterbankExceptions exceptions;
    private readonly IRecallListener[] recalls;

    internal HandleInterbankWebhook(
        InterbankOrders orders, InterbankCourse course, CreditIncoming incoming, InterbankExceptions exceptions, IEnumerable<IRecallListener> recalls) =>
        (this.orders, this.course, this.incoming, this.exceptions, this.recalls) = (orders, course, incoming, exceptions, [.. recalls]);

    /// <returns>The transfers that an answer was about: wake their workflows. Or, first match: <see cref="WebhookNotUnderstood"/>,
    /// <see cref="MessageFault"/> (several as <see cref="InvalidInput"/>), and those of <see cref="CreditIncoming"/>.</returns>
    public async Task<Result<IReadOnlyList<TransferId>>> RunAsync(PartnerMessage message, CancellationToken cancellation)
    {
        if (message.Read<MessageData>()?.Message is not { } xml)
            return new WebhookNotUnderstood("/data/message");
        var name = MessageXml.NameOf(xml);
        if (!name.IsSuccess)
            return name.Error;
        return name.Value switch
        {
            StatusReportMessage.Name => await MessageXml.ReadStatusReport(xml).Then(report => ApplyAsync(report, cancellation)),
            PaymentReturnMessage.Name => await MessageXml.ReadPaymentReturn(xml).Then(returned => ApplyAsync(returned, cancellation)),
            CancellationAnswerMessage.Name => await MessageXml.ReadCancellationAnswer(xml).Then(answer => ApplyAsync(answer, cancellation)),
            CreditTransferMessage.Name => await MessageXml.ReadCreditTransfer(xml).Then(transfer => CreditAsync(transfer, cancellation)),
            _ => new MessageFault("/Document", MessageRules.Namespace),
        };
    }

    private async Task<Result<IReadOnlyList<TransferId>>> ApplyAsync(StatusReportMessage report, CancellationToken cancellation)
    {
        var about = new List<TransferId>();
        foreach (var status in report.Statuses)
        {
            // Of a payment that this bank sent back there is nothing more to do.
            if (status.Original.MessageName == PaymentReturnMessage.Name)
                continue;
            if (await FindAsync(status.Original, cancellation) is { } record)
                about.Add((await course.ApplyAsync(record, status, cancellation)).Order.Id);
        }

        return about;
    }

    private async Task<Result<IReadOnlyList<TransferId>>> ApplyAsync(PaymentReturnMessage message, CancellationToken cancellation)
    {
        var about = new List<TransferId>();
        foreach (var returned in message.Returns)
        {
            var id = returned.ReturnId ?? message.Header.MessageId;
            if (await FindAsync(returned.Original, cancellation) is { } record)
            {
                var order = (await course.ApplyAsync(record, returned with { ReturnId = id }, cancellation)).Order;
                about.Add(order.Id);
                foreach (var listener in recalls.Where(_ => order.State == InterbankOrderState.Returned))
                    await listener.ReturnedAsync(order.Transfer, cancellation);
            }
        }

        return about;
    }

    private async Task<Result<IReadOnlyList<TransferId>>> ApplyAsync(CancellationAnswerMessage message, CancellationToken cancellation)
    {
        var about = new List<TransferId>();
        foreach (var answer in message.Answers)
        {
            if (answer.IsAccepted is not { } isAccepted || await FindAsync(answer.Original, cancellation) is not { } record)
                continue;
            foreach (var listener in recalls)
                await listener.AnsweredAsync(record.Order.Transfer, isAccepted, answer.Reasons.Count > 0 ? answer.Reasons[0].Code : null, cancellation);
            about.Add(record.Order.Id);
        }

        return about;
    }

    private async Task<Result<IReadOnlyList<TransferId>>> CreditAsync(CreditTransferMessage message, CancellationToken cancellation)
    {
        var booked = await incoming.RunAsync(message, cancellation);
        return booked.IsSuccess ? (Result<IReadOnlyList<TransferId>>)Array.Empty<TransferId>() : booked.Error;
    }

    private async Task<OrderRecord?> FindAsync(OriginalPayment original, CancellationToken cancellation)
    {
        // This bank's messages carry one payment each, and all their ids are the transfer's.
        var id = original.TransactionId ?? original.InstructionId ?? original.EndToEndId ?? original.MessageId;
        if (Guid.TryParseExact(id, "N", out var transfer) && await orders.FindAsync(new TransferId(transfer), cancellation) is { } record)
            return record;
        await exceptions.ReportAsync(InterbankExceptionKind.UnknownOriginal, id ?? "", original.MessageId ?? "", cancellation);
        return null;
    }

    private sealed record MessageData(string? Message);
}
