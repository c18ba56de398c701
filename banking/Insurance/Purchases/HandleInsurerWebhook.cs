using Serverless.Banking.Partners;

namespace Serverless.Banking.Insurance;

/// <summary>What an insurer tells by itself: a policy issued or refused (PAY-51). It may come twice, late and in any order.</summary>
public sealed class HandleInsurerWebhook
{
    private readonly PurchaseTable purchases;
    private readonly PolicyCourse course;

    internal HandleInsurerWebhook(PurchaseTable purchases, PolicyCourse course) => (this.purchases, this.course) = (purchases, course);

    /// <param name="message">Its partner is the insurer's id.</param>
    /// <returns>
    /// The purchase for which it is news: wake its workflow; null when it changes nothing. A policy of an order that is off is called off before this is answered. Or, first match:
    /// <see cref="WebhookNotUnderstood"/>, <see cref="InsurersUnavailable"/> (it has to be told that it is off, and does not answer: it may send this again).
    /// </returns>
    public async Task<Result<Guid?>> RunAsync(PartnerMessage message, CancellationToken cancellation)
    {
        if (message.Type.Length == 0)
            return new WebhookNotUnderstood("/type");
        if (message.Type is not ("policy.issued" or "policy.refused"))
            return (Guid?)null;
        if (message.Read<InsurerOrder>() is not { PurchaseId: { } id } order || !Guid.TryParse(id, out var purchase)
            || order.ToAnswer() is not { Status: PolicyStatus.Issued or PolicyStatus.Refused } answer)
        {
            return new WebhookNotUnderstood("/data");
        }

        // Of another insurer's order nobody learns anything.
        if (await purchases.FindAsync(purchase, cancellation) is not { } record || record.It.Insurer != message.Partner)
            return (Guid?)null;
        var (applied, stands) = await course.ApplyAsync(record, answer, cancellation);
        if (!stands && answer.Status == PolicyStatus.Issued && !await course.CallOffAsync(applied.It, cancellation))
            return new InsurersUnavailable();
        return course.IsOver(applied.It) ? (Guid?)null : purchase;
    }
}
