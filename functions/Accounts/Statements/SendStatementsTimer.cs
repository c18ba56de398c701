using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;

namespace Serverless.Functions.Accounts;

/// <summary>Every morning; what was missed is caught up.</summary>
public sealed class SendStatementsTimer(SendDueStatements send, TimeProvider time)
{
    [Function("Accounts_SendStatements")]
    public Task RunAsync([TimerTrigger("%StatementsSendSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        send.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BankTime.Tirane).Date, cancellation);
}
