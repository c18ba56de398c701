using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Audit;
using Serverless.Banking.Calendar;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Calendar;

public sealed class ResetBankDayFunction(StaffHolidays staff, RecordAudit audit)
{
    [Function("Calendar_ResetDay")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.Administrator])]
    [Summary("Takes back what staff have set for a day: the rule holds again.")]
    [Answers(204)]
    [Refuses<BankDayMalformed>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "backoffice/v1/calendar/{date}")] HttpRequest request, string date) =>
        ResetAsync(request, date).Respond(_ => TypedResults.NoContent());

    private Task<Result<Nothing>> ResetAsync(HttpRequest request, string date) => BankDays.Read(date).Then(async day =>
    {
        await audit.RunAsync(new AuditEvent(request.StaffActor(), "bank_day_reset", $"calendar/{date}"), request.HttpContext.RequestAborted);
        await staff.RemoveAsync(day, request.HttpContext.RequestAborted);
        return (Result<Nothing>)default(Nothing);
    });
}
