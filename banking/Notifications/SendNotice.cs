using Serverless.Banking.Messages;

namespace Serverless.Banking.Notifications;

/// <summary>Takes a notice into the outbox, once per <see cref="NoticeId"/>, and asks for its delivery.</summary>
/// <remarks>
/// The outbox row is what counts: it is written first, and <see cref="SweepNotices"/> asks again for what a crash left undelivered. A caller
/// announces a thing before it marks that thing as announced; doing it twice is harmless, forgetting it is not.
/// </remarks>
public sealed class SendNotice(NoticeTable outbox, IWorkMessages messages)
{
    /// <returns>False when the same notice was taken before.</returns>
    public async Task<bool> RunAsync(Notice notice, CancellationToken cancellation)
    {
        var isNew = await outbox.AddAsync(notice, cancellation);
        if (isNew)
        {
            await messages.SendAsync(WorkQueues.Notices, [new NoticeDue(notice.Id.Value)], cancellation);
        }

        return isNew;
    }
}

/// <summary>The message that asks for a notice's delivery.</summary>
public sealed record NoticeDue(string NoticeId);
