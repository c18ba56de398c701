using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Complaints;

/// <summary>Does whatever a request still needs: telling the customer, the audit record of an answer, the escalation, the erasure. Repeated, it does nothing more.</summary>
internal sealed class SettleServiceRequest(
    ServiceRequestTable table, SendNotice send, RecordAudit audit, IOptions<ComplaintsOptions> options, TimeProvider time)
{
    private static readonly Duration Grace = Duration.FromMinutes(1);

    public static Instant Soon(Instant now) => now + Grace;

    public static Instant EscalateAt(LocalDate last) => last.PlusDays(1).AtStartOfDayInZone(BankTime.Tirane).ToInstant();

    public static Instant EraseAt(ServiceRequest request, ComplaintsOptions options) =>
        request.CreatedAt.InZone(BankTime.Tirane).Date.PlusYears(options.RetentionYears).PlusDays(1).AtStartOfDayInZone(BankTime.Tirane).ToInstant();

    public async Task RunAsync(CustomerId customer, string number, CancellationToken cancellation)
    {
        if (await table.FindAsync(customer, number, cancellation) is not { } stored)
            return;
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        if (EraseAt(stored.Request, options.Value) <= now)
        {
            await table.TakeFromOpenAsync(stored.Request, cancellation);
            await table.EraseAsync(customer, number, cancellation);
            return;
        }

        if (!stored.IsConfirmed)
        {
            await PushAsync(stored.Request, NoticeKind.RequestReceived, "received", cancellation);
            await table.NoteAsync(stored.Request, "Confirmed", true, cancellation);
        }

        foreach (var message in stored.Messages.Where(message => !message.IsTold))
        {
            await RecordAsync(stored.Request, message, cancellation);
            await PushAsync(stored.Request, NoticeKind.RequestAnswered, message.Row, cancellation);
            await table.ToldAsync(customer, message.Row, cancellation);
        }

        if (stored.Request.State == ServiceRequestState.Closed)
            await table.TakeFromOpenAsync(stored.Request, cancellation);
        if (stored.Request is { AnswerBy: { } last, EscalatedAt: null, State: ServiceRequestState.Received or ServiceRequestState.InProgress } && EscalateAt(last) <= now)
            await EscalateAsync(stored.Request, last, now, cancellation);
    }

    private async Task EscalateAsync(ServiceRequest request, LocalDate last, Instant now, CancellationToken cancellation)
    {
        await audit.RunAsync(
            new AuditEvent(AuditActor.Bank("complaints_timer"), "service_request_escalated", Resource(request))
            {
                Reason = $"unanswered since {Words.Date(last)}",
                Id = StableGuid.Of("service_request_escalated", request.Customer.Value, request.Number),
                At = EscalateAt(last),
            },
            cancellation);
        if (options.Value.EscalationEmail is { Length: > 0 } address)
        {
            var facts = new Dictionary<string, string> { ["number"] = request.Number, ["date"] = Words.Date(last) };
            var notice = new Notice(NoticeId.Of("request escalated", request.Customer.Value, request.Number), null, NoticeChannel.Email, NoticeKind.RequestEscalated, facts);
            await send.RunAsync(notice with { Address = address, Language = Language.Albanian }, cancellation);
        }

        await table.NoteAsync(request, "EscalatedAt", now.ToUnixTimeMilliseconds(), cancellation);
    }

    private Task RecordAsync(ServiceRequest request, StoredMessage message, CancellationToken cancellation) => audit.RunAsync(
        new AuditEvent(AuditActor.Staff(message.Message.Officer, message.Origin), "service_request_answered", Resource(request))
        {
            Before = message.OldState,
            After = message.Message.NewState.ToString(),
            Id = StableGuid.Of("service_request_answered", request.Customer.Value, message.Row),
            At = message.Message.At,
        },
        cancellation);

    private Task<bool> PushAsync(ServiceRequest request, NoticeKind kind, string about, CancellationToken cancellation) => send.RunAsync(
        new Notice(
            NoticeId.Of(kind.ToString(), request.Customer.Value, request.Number, about), request.Customer, NoticeChannel.Push, kind,
            new Dictionary<string, string> { ["number"] = request.Number }, $"requests/{request.Number}"),
        cancellation);

    private static string Resource(ServiceRequest request) => $"service-request/{request.Number}";
}
