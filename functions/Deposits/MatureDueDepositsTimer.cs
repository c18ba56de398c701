using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Calendar;
using Serverless.Banking.Deposits;

namespace Serverless.Functions.Deposits;

/// <summary>Runs every hour: what waits for an account is tried again, and a holiday that staff set is obeyed at once (LDP-10, LDP-25).</summary>
public sealed class MatureDueDepositsTimer(MatureDueDeposits mature, BankCalendar calendar)
{
    [Function("Deposits_MatureDue")]
    public Task RunAsync([TimerTrigger("%DepositsMatureDueSchedule%")] TimerInfo timer, CancellationToken cancellation) => mature.RunAsync(calendar.Today, cancellation);
}
