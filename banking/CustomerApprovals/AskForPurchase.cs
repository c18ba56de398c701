using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;

namespace Serverless.Banking.CustomerApprovals;

/// <param name="ExpiresAt">The card server's own limit; null for none.</param>
public sealed record PurchaseQuestion(
    string TransactionId, string CardToken, string Merchant, string Country, Money Amount, Instant At, Instant? ExpiresAt);

/// <summary>A card purchase that the card server asks about (NOTE-10): a pending approval and a push, once per transaction.</summary>
/// <remarks>The rows of deadline and erasure are written first, then the approval with its key in one group, then the push. The card server's repeat completes what a crash cut off.</remarks>
public sealed class AskForPurchase
{
    /// <summary>How long a customer is waited for at most (NOTE-17).</summary>
    public static Duration WaitAtMost { get; } = Duration.FromMinutes(5);

    private readonly ApprovalTable table;
    private readonly CardServerClient cardServer;
    private readonly FindContactDetails contacts;
    private readonly IPushTargets targets;
    private readonly SendNotice send;
    private readonly TimeProvider time;

    internal AskForPurchase(
        ApprovalTable table, CardServerClient cardServer, FindContactDetails contacts, IPushTargets targets, SendNotice send, TimeProvider time)
    {
        (this.table, this.cardServer, this.contacts) = (table, cardServer, contacts);
        (this.targets, this.send, this.time) = (targets, send, time);
    }

    /// <returns>The approval, of this call or of the first. Or, first match: <see cref="CardServerUnavailable"/>, <see cref="CardUnknown"/>.</returns>
    public async Task<Result<Approval>> RunAsync(PurchaseQuestion question, CancellationToken cancellation)
    {
        var holder = await cardServer.FindHolderAsync(question.CardToken, cancellation);
        if (!holder.IsSuccess)
            return holder.Error;
        var (customer, card) = (holder.Value.Customer, holder.Value.MaskedCard);
        var key = StoredApproval.KeyOf(question.TransactionId);
        while (true)
        {
            if (await table.FindByKeyAsync(customer, key, cancellation) is { } id)
            {
                var known = (await table.FindAsync(customer, id, cancellation))!.Approval;
                await PushAsync(known, cancellation);
                return known;
            }

            var now = time.NowToTheMillisecond();
            var end = now + WaitAtMost;
            end = question.ExpiresAt is { } theirs && theirs < end ? theirs : end;
            var contact = await contacts.RunAsync(customer, cancellation);
            var isByCode = await targets.FindAsync(customer, contact?.PushToken, cancellation) is null;
            var approval = new Approval(
                ApprovalId.Of(now, "card purchase", question.TransactionId), customer, isByCode || end <= now ? ApprovalState.Expired : ApprovalState.Pending, now, end, null, null)
            {
                Purchase = new CardPurchase(question.TransactionId, card, question.Merchant, question.Country, question.Amount, question.At, isByCode),
            };
            await table.RemindAsync(customer, approval.Id, [approval.State == ApprovalState.Pending ? end : now, SettleApproval.EraseAt(now)], cancellation);
            if (!await table.AddAsync(approval, key, cancellation))
                continue;
            await PushAsync(approval, cancellation);
            return approval;
        }
    }

    private async Task PushAsync(Approval approval, CancellationToken cancellation)
    {
        if (approval is not { State: ApprovalState.Pending, Purchase: { } purchase })
            return;
        var facts = new Dictionary<string, string>
        {
            ["merchant"] = purchase.Merchant,
            ["amount"] = Words.Amount(purchase.Amount),
            ["card"] = purchase.Card,
        };
        var notice = new Notice(
            NoticeId.Of(nameof(NoticeKind.PurchaseToApprove), approval.Id.ToString()), approval.Customer, NoticeChannel.Push, NoticeKind.PurchaseToApprove, facts,
            $"approvals/{approval.Id}");
        await send.RunAsync(notice with { ExpiresAt = approval.ExpiresAt }, cancellation);
    }
}
