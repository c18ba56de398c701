using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Calendar;
using Serverless.Banking.Ledger;

namespace Serverless.Functions.Ledger;

/// <summary>Proves the books once a day, as often as it takes.</summary>
public sealed class ProveBooksTimer(ProveBooksDaily prove, BankCalendar calendar)
{
    [Function("Ledger_ProveBooks")]
    public Task RunAsync([TimerTrigger("%LedgerProveBooksSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        prove.RunAsync(calendar.Today, cancellation);
}
