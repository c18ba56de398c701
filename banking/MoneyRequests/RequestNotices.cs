using Serverless.Banking.Notifications;

namespace Serverless.Banking.MoneyRequests;

/// <summary>What the two parties of a request are told, each thing once however often it happens (REQ-07, REQ-15, REQ-16).</summary>
internal sealed class RequestNotices(SendNotice send)
{
    public Task RequestedAsync(MoneyRequest it, CancellationToken cancellation) => TellPayerAsync(it, NoticeKind.MoneyRequested, cancellation);

    public Task RemindAsync(MoneyRequest it, CancellationToken cancellation) => TellPayerAsync(it, NoticeKind.MoneyRequestReminder, cancellation);

    /// <summary>Tells of the end whoever did not bring it about.</summary>
    public Task EndedAsync(MoneyRequest it, CancellationToken cancellation) => it.State switch
    {
        MoneyRequestState.Paid => TellRequesterAsync(it, NoticeKind.MoneyRequestPaid, cancellation),
        MoneyRequestState.Declined => TellRequesterAsync(it, NoticeKind.MoneyRequestDeclined, cancellation),
        MoneyRequestState.Expired => TellRequesterAsync(it, NoticeKind.MoneyRequestExpired, cancellation),
        MoneyRequestState.Withdrawn => TellPayerAsync(it, NoticeKind.MoneyRequestWithdrawn, cancellation),
        _ => Task.CompletedTask,
    };

    /// <summary>Nobody is told of a request that was withheld from him (REQ-06).</summary>
    private Task TellPayerAsync(MoneyRequest it, NoticeKind kind, CancellationToken cancellation) =>
        it.IsWithheld ? Task.CompletedTask : TellAsync(it, it.Payer.Customer, it.Requester.Name, kind, cancellation);

    private Task TellRequesterAsync(MoneyRequest it, NoticeKind kind, CancellationToken cancellation) =>
        TellAsync(it, it.Requester.Customer, it.Payer.Name, kind, cancellation);

    private Task TellAsync(MoneyRequest it, CustomerId customer, string other, NoticeKind kind, CancellationToken cancellation)
    {
        var facts = new Dictionary<string, string> { ["name"] = other, ["amount"] = Words.Amount(it.Amount) };
        var id = NoticeId.Of(kind.ToString(), it.Id.Value.ToString("N"));
        return send.RunAsync(new Notice(id, customer, NoticeChannel.Push, kind, facts, $"money-requests/{it.Id}"), cancellation);
    }
}
