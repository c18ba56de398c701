using System.Globalization;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using NodaTime;

namespace Serverless.Banking.Accounts;

/// <summary>A page of a period's lines, with what was there before and after the period.</summary>
/// <param name="Lines">How many the period has.</param>
public sealed record StatementPage(StatementSpan Span, Money Opening, Money Closing, long Lines, Page<Entry> Page);

/// <summary>Shows the statement of a period inside the app (ACC-06).</summary>
public sealed class ShowStatement(CutStatement cut, ReadStatement read, ReadEntries entries)
{
    /// <returns>Newest first; or the errors of <see cref="CutStatement"/>.</returns>
    public async Task<Result<StatementPage>> RunAsync(
        CustomerId customer, AccountId account, LocalDate start, LocalDate end, PageRequest page, CancellationToken cancellation)
    {
        var found = await cut.RunAsync(customer, account, start, end, "startDate", "endDate", cancellation);
        if (!found.IsSuccess)
            return found.Error;

        var span = found.Value.Span;
        var balances = read.BalancesAsync(found.Value.Account, span, cancellation);
        var before = page.After is { } last ? long.Parse(last, CultureInfo.InvariantCulture) : span.Last + 1;
        var count = (int)Math.Min(Math.Min(page.Limit, ReadEntries.PageAtMost), before - span.First);
        var items = count > 0 ? await entries.RunAsync(account, before, count, cancellation) : [];
        var next = items.Count > 0 && items[^1].Sequence > span.First ? items[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null;
        var (opening, closing) = await balances;
        return new StatementPage(span, opening, closing, span.Count, new Page<Entry>(items, next));
    }
}

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
