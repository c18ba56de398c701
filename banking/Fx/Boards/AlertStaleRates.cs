using Microsoft.Extensions.Options;
using Serverless.Banking.Calendar;
using Serverless.Banking.Customers;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Fx;

/// <summary>Writes to the treasury when a business day has no board, once for each day (FX-22).</summary>
public sealed class AlertStaleRates
{
    private readonly RateBoards boards;
    private readonly BankCalendar calendar;
    private readonly SendNotice send;
    private readonly IOptionsMonitor<FxOptions> options;

    internal AlertStaleRates(RateBoards boards, BankCalendar calendar, SendNotice send, IOptionsMonitor<FxOptions> options) =>
        (this.boards, this.calendar, this.send, this.options) = (boards, calendar, send, options);

    /// <returns>True when the treasury is told now.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        if (!calendar.IsBusinessDay(calendar.Today) || await boards.StandingAsync(cancellation) is { Board: not null, IsOld: false })
            return false;
        var day = Words.Date(calendar.Today);
        return await send.RunAsync(
            new Notice(
                NoticeId.Of("rates missing", day), null, NoticeChannel.Email, NoticeKind.FxRatesMissing, new Dictionary<string, string> { ["date"] = day })
            {
                Address = options.CurrentValue.Treasury,
                Language = Language.Albanian,
            },
            cancellation);
    }
}
