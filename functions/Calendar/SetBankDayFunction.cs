using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking;
using Serverless.Banking.Audit;
using Serverless.Banking.Calendar;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Calendar;

public sealed class SetBankDayFunction(StaffHolidays staff, RecordAudit audit)
{
    [Function("Calendar_SetDay")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.Administrator])]
    [Summary("Makes a day one of rest, or one of work, against the rule; every rule that counts working days follows.")]
    [Body<SetBankDayRequest>]
    [Answers<BankDayResponse>]
    [Refuses<BankDayMalformed>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/calendar/{date}")] HttpRequest request, string date) =>
        request.ReadBody<SetBankDayRequest>()
            .Then(body => BankDays.Read(date).Then<StaffDay>(day => new StaffDay(day, body.Name, body.Open)))
            .Then(async day =>
            {
                await audit.RunAsync(new AuditEvent(request.StaffActor(), "bank_day_set", $"calendar/{date}") { After = $"{(day.IsOpen ? "open" : "closed")}: {day.Name}" }, request.HttpContext.RequestAborted);
                await staff.SaveAsync(day, request.HttpContext.RequestAborted);
                return (Result<StaffDay>)day;
            })
            .Respond(day => TypedResults.Ok(BankDayResponse.From(day)));
}

public sealed record SetBankDayRequest([property: MaxLength(100), Example("Dita e zisë kombëtare")] string Name, bool Open = false);

/// <summary>Not a date like 2026-11-30.</summary>
public sealed record BankDayMalformed(string Field) : Invalid("bank_day_malformed", Field);

internal static class BankDays
{
    public static Result<LocalDate> Read(string date) =>
        LocalDatePattern.Iso.Parse(date) is { Success: true, Value: { Year: >= 2000 and <= 2999 } day } ? day : new BankDayMalformed("date");
}
