using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>Hands an order to staff whose network did not answer within the deadline. The hold stays: silence is no refusal, and a late answer still ends it.</summary>
public sealed class GiveUpInterbankOrder
{
    private readonly InterbankOrders orders;
    private readonly InterbankExceptions exceptions;

    internal GiveUpInterbankOrder(InterbankOrders orders, InterbankExceptions exceptions) => (this.orders, this.exceptions) = (orders, exceptions);

    public async Task RunAsync(TransferId id, CancellationToken cancellation)
    {
        if (await orders.FindAsync(id, cancellation) is not { Order.State: InterbankOrderState.Sent } record)
            return;
        await exceptions.ReportAsync(InterbankExceptionKind.NoAnswer, record.Order.MessageId, "", cancellation);
        await orders.CloseAsync(id, cancellation);
    }
}
