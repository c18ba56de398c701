using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Calendar;
using Serverless.Functions.Http;

namespace Serverless.Functions.Calendar;

public sealed class ListBankDaysFunction(BankCalendar calendar, StaffHolidays staff)
{
    [Function("Calendar_ListDays")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.Administrator])]
    [Summary("The days of a year on which the bank works or rests against the rule of the week.")]
    [Query<CalendarQuery>]
    [Answers<BankDaysResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/calendar")] HttpRequest request)
    {
        var year = request.Query<CalendarQuery>().Year ?? calendar.Today.Year;
        var set = await staff.ListAsync(year, request.HttpContext.RequestAborted);
        var official = calendar.OfficialHolidays(year).Where(date => set.All(day => day.Date != date)).Select(date => new BankDayResponse(date, null, Open: false, SetByStaff: false));
        return TypedResults.Ok(new BankDaysResponse([.. set.Select(BankDayResponse.From).Concat(official).OrderBy(day => day.Date)]));
    }
}

public sealed record CalendarQuery([property: Range(2000, 2999), Description("The current one when left out.")] int? Year = null);

public sealed record BankDaysResponse(IReadOnlyList<BankDayResponse> Days);

public sealed record BankDayResponse(LocalDate Date, [property: Description("As staff wrote it; null for official holidays.")] string? Name, bool Open, bool SetByStaff)
{
    public static BankDayResponse From(StaffDay day) => new(day.Date, day.Name, day.IsOpen, SetByStaff: true);
}
