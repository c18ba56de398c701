using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Calendar;
using Serverless.Banking.Deposits;

namespace Serverless.Functions.Deposits;

/// <summary>Runs every morning (LDP-32).</summary>
public sealed class RemindDepositsTimer(RemindDeposits remind, BankCalendar calendar)
{
    [Function("Deposits_RemindDue")]
    public Task RunAsync([TimerTrigger("%DepositsRemindDueSchedule%")] TimerInfo timer, CancellationToken cancellation) => remind.RunAsync(calendar.Today, cancellation);
}
