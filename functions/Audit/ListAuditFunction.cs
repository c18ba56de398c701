using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Audit;

public sealed class ListAuditFunction(ListAudit list, TimeProvider time)
{
    [Function("Audit_List")]
    [Access(Right.Staff, Roles = [Role.Auditor, Role.Ledger])]
    [Summary("Lists the audit trail, newest first.")]
    [Query<AuditQuery>, Paged]
    [Answers<PageResponse<AuditResponse>>(200)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/audit")] HttpRequest request) =>
        await request.Query<AuditQuery>().ToFilter(time)
            .Then(async filter => (Result<Page<AuditRecord>>)await list.RunAsync(filter, request.Page(), request.HttpContext.RequestAborted))
            .RespondPage(request, AuditResponse.From);
}

public sealed record AuditQuery(
    [Description("Business date, inclusive; 30 days before the last one unless given.")] LocalDate? From = null,
    [Description("Business date, inclusive; today unless given.")] LocalDate? To = null,
    [Description("A staff id or a customer number."), MaxLength(64)] string? Actor = null,
    [MaxLength(64), Example("change_approved")] string? Action = null,
    [Example("account/3f1c2a9e-7b8d-4c5e-9f10-2a3b4c5d6e7f")] string? Resource = null)
{
    internal Result<AuditFilter> ToFilter(TimeProvider time)
    {
        var to = To ?? Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BankTime.Tirane).Date;
        var from = From ?? to.PlusDays(-30);
        return from <= to ? new AuditFilter(from, to, Actor, Action, Resource) : new InvalidInput([new DatesReversed("from")]);
    }
}

/// <summary>The first date is after the last one.</summary>
public sealed record DatesReversed(string Field) : Invalid("dates_reversed", Field);

/// <param name="Origin">From where it was done.</param>
/// <param name="Hash">Of the record and the one before it in its chain.</param>
public sealed record AuditResponse(
    Guid Id, Instant At, AuditActorKind ActorKind, string Actor, string? Origin, string Action, string Resource, string? Before, string? After, string? Reason, string Hash)
{
    internal static AuditResponse From(AuditRecord record) => new(
        record.Id, record.At, record.Event.Actor.Kind, record.Event.Actor.Id, record.Event.Actor.Origin, record.Event.Action, record.Event.Resource,
        record.Event.Before, record.Event.After, record.Event.Reason, record.Hash);
}
