using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Calendar;
using Serverless.Banking.Notifications;

namespace Serverless.Functions.Notifications;

public sealed class EraseOldNoticesTimer(EraseOldNotices erase, BankCalendar calendar)
{
    private const int Months = 12;

    [Function("Notifications_EraseOld")]
    public Task RunAsync([TimerTrigger("%NotificationsEraseOldSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        erase.RunAsync(calendar.Today.PlusMonths(-Months).AtStartOfDayInZone(BankTime.Tirane).ToInstant(), cancellation);
}
