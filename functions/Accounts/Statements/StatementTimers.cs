using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Messages;

namespace Serverless.Functions.Accounts;

/// <summary>Every morning; what was missed is caught up.</summary>
public sealed class SendStatementsTimer(SendDueStatements send, TimeProvider time)
{
    private static readonly DateTimeZone Tirane = DateTimeZoneProviders.Tzdb["Europe/Tirane"];

    [Function("Accounts_SendStatements")]
    public Task RunAsync([TimerTrigger("%StatementsSendSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        send.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(Tirane).Date, cancellation);
}

/// <summary>Makes a long statement (ACC-19).</summary>
public sealed class MakeStatementMessage(MakeStatement make)
{
    [Function("Accounts_MakeStatement")]
    public async Task RunAsync(
        [ServiceBusTrigger(WorkQueues.Statements, Connection = "ServiceBus")] StatementDue due, CancellationToken cancellation)
    {
        // A message that is none of ours has nothing to make and would only come again.
        if (CustomerId.Find(due.Customer) is { } customer)
            await make.RunAsync(customer, due.JobId, cancellation);
    }
}

/// <summary>Makes long statements whose message was lost.</summary>
public sealed class SweepStatementsTimer(SweepStatements sweep, TimeProvider time)
{
    private static readonly Duration Grace = Duration.FromMinutes(5);

    [Function("Accounts_SweepStatements")]
    public Task RunAsync([TimerTrigger("%StatementsSweepSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        sweep.RunAsync(begunBefore: Instant.FromDateTimeOffset(time.GetUtcNow()) - Grace, cancellation);
}
