using Microsoft.Extensions.Logging;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Accounts;

/// <summary>Sends the statements that are due, and again those that did not arrive (ACC-16).</summary>
/// <remarks>
/// Every step can be repeated: the period is written down first, its e-mail is named by account, period and attempt, and the subscription
/// moves on last. Missed days are caught up, each period with an e-mail of its own. A period is looked after until its e-mail is delivered: one that
/// the outbox gave up is sent anew the next day, for a month.
/// </remarks>
public sealed partial class SendDueStatements
{
    /// <summary>A month of daily attempts; afterwards staff is told by the log.</summary>
    private const int AttemptsAtMost = 30;

    private readonly SubscriptionTable table;
    private readonly ReadBook books;
    private readonly FindSequence sequences;
    private readonly FindContactDetails contacts;
    private readonly SendNotice send;
    private readonly NoticeTable outbox;
    private readonly TimeProvider time;
    private readonly ILogger<SendDueStatements> log;

    internal SendDueStatements(
        SubscriptionTable table, ReadBook books, FindSequence sequences, FindContactDetails contacts, SendNotice send, NoticeTable outbox, TimeProvider time,
        ILogger<SendDueStatements> log) =>
        (this.table, this.books, this.sequences, this.contacts, this.send, this.outbox, this.time, this.log) =
        (table, books, sequences, contacts, send, outbox, time, log);

    /// <param name="today">Business date (Europe/Tirane).</param>
    /// <returns>How many periods were handed to the outbox, repeats included.</returns>
    public async Task<int> RunAsync(LocalDate today, CancellationToken cancellation)
    {
        var sent = await SendAgainAsync(cancellation);

        // Caught up day by day: an account that missed two of its days is met again with the second one.
        for (var found = true; found;)
        {
            found = false;
            await foreach (var (day, account) in table.DueAsync(today, cancellation))
            {
                found = true;
                sent += await SendAsync(day, account, cancellation) ? 1 : 0;
                await table.DropDueAsync(day, account, cancellation);
            }
        }

        return sent;
    }

    private async Task<bool> SendAsync(LocalDate day, AccountId id, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } stored || stored.Subscription.NextOn != day)
            return false;

        var subscription = stored.Subscription;
        if (await books.RunAsync(id, cancellation) is not { } book || !Account.IsVisible(book))
            return false;

        var period = await PeriodAsync(subscription, book, day, cancellation);
        await HandOverAsync(period, cancellation);

        // A closed account's last statement is the one after its closing.
        var next = book.Status == AccountStatus.Closed
            ? (LocalDate?)null
            : StatementSchedule.NextAfter(day, subscription.OpenedOn, subscription.Choice.Frequency, subscription.Choice.Day);
        var advanced = subscription with { NextOn = next, CoveredTo = period.End, CoveredSequence = period.Last };
        if (await table.SaveAsync(advanced, stored.ETag, cancellation))
            return true;

        // The customer changed it at the same moment: the change stays, and the period is covered all the same.
        if (await table.FindAsync(id, cancellation) is { } changed && changed.Subscription.CoveredTo < period.End)
        {
            var merged = changed.Subscription with { CoveredTo = period.End, CoveredSequence = period.Last };
            if (merged.NextOn == day)
                merged = merged with { NextOn = StatementSchedule.NextAfter(day, merged.OpenedOn, merged.Choice.Frequency, merged.Choice.Day) };
            await table.SaveAsync(merged, changed.ETag, cancellation);
        }

        return true;
    }

    private async Task<SentPeriod> PeriodAsync(StatementSubscription subscription, AccountBook book, LocalDate day, CancellationToken cancellation)
    {
        var (start, end) = (subscription.CoveredTo.PlusDays(1), day.PlusDays(-1));
        var next = await sequences.RunAsync(book.Id, day, book.Sequence, cancellation);
        return await table.BeginSendingAsync(
            new SentPeriod(
                book.Id, book.Owner, subscription.Choice.Email, start, end, subscription.CoveredSequence + 1, Math.Max(next - 1, subscription.CoveredSequence),
                day, Instant.FromDateTimeOffset(time.GetUtcNow()), Attempt: 1),
            cancellation);
    }

    private async Task HandOverAsync(SentPeriod period, CancellationToken cancellation)
    {
        var language = (await contacts.RunAsync(period.Owner, cancellation))?.Language ?? default;
        var reference = new StatementReference(
            period.Account, period.Start, period.End, period.First, period.Last, period.MadeAt, StatementFormat.Pdf);
        await send.RunAsync(
            new Notice(
                IdOf(period), period.Owner, NoticeChannel.Email, NoticeKind.PeriodicStatement,
                new Dictionary<string, string> { ["from"] = Words.Date(period.Start), ["to"] = Words.Date(period.End) },
                $"accounts/{period.Account.Value}")
            {
                Address = period.Email,
                Attachment = reference.DocumentOf(period.Owner, language),
            },
            cancellation);
    }

    private async Task<int> SendAgainAsync(CancellationToken cancellation)
    {
        var again = 0;
        await foreach (var period in table.SendingAsync(cancellation))
        {
            var state = (await outbox.FindAsync(IdOf(period), cancellation))?.State;
            if (state == NoticeState.Delivered)
            {
                await table.EndSendingAsync(period, cancellation);
            }
            else if (state is NoticeState.Failed or NoticeState.Unreachable && period.Attempt >= AttemptsAtMost)
            {
                LogGivenUp(period.Account, period.Start, period.End);
                await table.EndSendingAsync(period, cancellation);
            }
            else if (state is NoticeState.Failed or NoticeState.Unreachable)
            {
                // To where the customer wants it now: the address may have been the fault.
                var email = (await table.FindAsync(period.Account, cancellation))?.Subscription.Choice.Email ?? period.Email;
                var next = period with { Attempt = period.Attempt + 1, Email = email };
                await table.SaveSendingAsync(next, cancellation);
                await HandOverAsync(next, cancellation);
                again++;
            }
            else if (state is null)
            {
                await HandOverAsync(period, cancellation);
                again++;
            }
        }

        return again;
    }

    private static NoticeId IdOf(SentPeriod period) => NoticeId.Of(
        "periodic_statement", period.Account.Value.ToString("N"), Words.Date(period.Start), period.Attempt.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [LoggerMessage(Level = LogLevel.Error, Message = "The statement of account {Account} for {From} to {To} could not be sent for a month")]
    private partial void LogGivenUp(AccountId account, LocalDate from, LocalDate to);
}
