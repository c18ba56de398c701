using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Accounts;

namespace Serverless.Functions.Accounts;

/// <summary>Every morning; what was missed is caught up.</summary>
public sealed class SendStatementsTimer(SendDueStatements send, TimeProvider time)
{
    private static readonly DateTimeZone Tirane = DateTimeZoneProviders.Tzdb["Europe/Tirane"];

    [Function("Accounts_SendStatements")]
    public Task RunAsync([TimerTrigger("%StatementsSendSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        send.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(Tirane).Date, cancellation);
}
