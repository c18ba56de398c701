using NodaTime;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Accounts;

/// <param name="Key">The same customer and key is the same e-mail.</param>
public sealed record StatementMail(StatementOrder Order, IdempotencyKey Key, string RequestHash);

/// <summary>Sends the statement of a period to the address that the bank has of the customer (ACC-08).</summary>
public sealed class EmailStatement
{
    private readonly CutStatement cut;
    private readonly FindContactDetails contacts;
    private readonly Notifications.SendNotice send;
    private readonly Notifications.NoticeTable outbox;
    private readonly TimeProvider time;

    internal EmailStatement(
        CutStatement cut, FindContactDetails contacts, Notifications.SendNotice send, Notifications.NoticeTable outbox, TimeProvider time) =>
        (this.cut, this.contacts, this.send, this.outbox, this.time) = (cut, contacts, send, outbox, time);

    /// <returns>What is on its way. Or, first match: the errors of <see cref="CutStatement"/>, <see cref="EmailMissing"/>, <see cref="IdempotencyKeyReused"/>.</returns>
    public async Task<Result<StatementReference>> RunAsync(StatementMail mail, CancellationToken cancellation)
    {
        var order = mail.Order;
        var id = Notifications.NoticeId.Of("statement", order.Customer.Value, mail.Key.Value);
        if (await outbox.FindAsync(id, cancellation) is { } earlier)
            return Repeat(earlier.Notice, mail);

        var found = await cut.RunAsync(order.Customer, order.Account, order.Start, order.End, "/startDate", "/endDate", cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if ((await contacts.RunAsync(order.Customer, cancellation))?.Email is null)
            return new EmailMissing();

        var span = found.Value.Span;
        var reference = new StatementReference(
            order.Account, order.Start, order.End, span.First, span.Last, Instant.FromDateTimeOffset(time.GetUtcNow()), order.Format);
        var notice = new Notifications.Notice(
            id, order.Customer, Notifications.NoticeChannel.Email, Notifications.NoticeKind.StatementByEmail,
            new Dictionary<string, string>
            {
                ["from"] = Notifications.Words.Date(order.Start),
                ["to"] = Notifications.Words.Date(order.End),
                ["request"] = mail.RequestHash,
            },
            $"accounts/{order.Account.Value}")
        {
            Attachment = reference.DocumentOf(order.Customer, order.Language),
        };
        return await send.RunAsync(notice, cancellation) ? reference : Repeat((await outbox.FindAsync(id, cancellation))!.Notice, mail);
    }

    private static Result<StatementReference> Repeat(Notifications.Notice earlier, StatementMail mail) =>
        earlier.Facts["request"] == mail.RequestHash ? StatementReference.Parse(earlier.Attachment!.Id) : new IdempotencyKeyReused();
}
