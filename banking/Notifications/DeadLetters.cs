using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Banking.Messages;

namespace Serverless.Banking.Notifications;

/// <summary>What could not be delivered, for staff: the list, and another try once the gateway or the address is mended.</summary>
public sealed class DeadLetters
{
    private readonly NoticeTable outbox;
    private readonly IWorkMessages messages;
    private readonly RecordAudit audit;

    internal DeadLetters(NoticeTable outbox, IWorkMessages messages, RecordAudit audit) => (this.outbox, this.messages, this.audit) = (outbox, messages, audit);

    /// <returns>Oldest first within each of the outbox's shards.</returns>
    public Task<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellation) => outbox.FailedAsync(page, cancellation);

    /// <summary>Puts a notice back into the outbox. Sending one twice is harmless: the gateway knows its id.</summary>
    /// <returns>Nothing; or, first match: <see cref="DeadLetterNotFound"/>, <see cref="NoticeErased"/>.</returns>
    public async Task<Result<Nothing>> ResendAsync(NoticeId id, AuditActor actor, CancellationToken cancellation)
    {
        if (await outbox.FindAsync(id, cancellation) is not { State: NoticeState.Failed or NoticeState.Due, Resent: var resent } stored
            || (stored.State == NoticeState.Due && resent == 0))
            return new DeadLetterNotFound();
        if (stored.IsErased)
            return new NoticeErased();
        await audit.RunAsync(
            new AuditEvent(actor, "notice_resent", $"notice/{id}") { Id = StableGuid.Of("notice_resent", id.Value, $"{(stored.State == NoticeState.Due ? resent : resent + 1)}") }, cancellation);
        if (stored.State == NoticeState.Failed)
            await outbox.ReopenAsync(stored, cancellation);
        await messages.SendAsync(WorkQueues.Notices, [new NoticeDue(id.Value)], cancellation);
        return default(Nothing);
    }
}

/// <param name="Customer">Null for somebody who is no customer.</param>
public sealed record DeadLetter(NoticeId Id, CustomerId? Customer, NoticeChannel Channel, NoticeKind Kind, Instant Since, int Tries);
