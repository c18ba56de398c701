using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Messages;
using Serverless.Banking.MoneyRequests;

namespace Serverless.Functions.MoneyRequests;

/// <summary>One step of one request: its delivery right after it was sent, later its reminder and its expiry.</summary>
public sealed class AdvanceRequestMessage(AdvanceMoneyRequest advance)
{
    [Function("MoneyRequests_Advance")]
    public Task RunAsync([ServiceBusTrigger(WorkQueues.MoneyRequests, Connection = "ServiceBus")] MoneyRequestDue due, CancellationToken cancellation) =>
        advance.RunAsync(due, cancellation);
}
