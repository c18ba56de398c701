using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Fx;

public sealed record CompletionConfirmation(CustomerId Customer, Guid Request, IdempotencyKey Key, string RequestHash, string QuoteId);

/// <summary>Exchanges at the confirmed rate, once for each request (FX-16).</summary>
/// <remarks>
/// What the customer confirms is written into the request beside the journal's intent, guarded by its ETag: so of cancelling, expiring and completing one happens.
/// A refused attempt leaves the request confirmed; the next one has a journal of its own and voids the one before.
/// </remarks>
public sealed class CompleteRateRequest
{
    private const int TriesAtMost = 12;

    private readonly SealedQuotes quotes;
    private readonly RateRequestTable table;
    private readonly RateRequestCourse course;
    private readonly FindAccount accounts;
    private readonly PostJournal post;
    private readonly VoidJournal cancel;

    internal CompleteRateRequest(
        SealedQuotes quotes, RateRequestTable table, RateRequestCourse course, FindAccount accounts, PostJournal post, VoidJournal cancel) =>
        (this.quotes, this.table, this.course, this.accounts, this.post, this.cancel) = (quotes, table, course, accounts, post, cancel);

    /// <returns>The completed request; a second confirm gives the first result. Or, first match: <see cref="RateRequestNotFound"/>, <see cref="IdempotencyKeyReused"/>,
    /// <see cref="QuoteNotFound"/>, <see cref="RateExpired"/>, <see cref="RateRequestNotConfirmed"/>, <see cref="QuoteExpired"/>, <see cref="AccountNotFound"/>,
    /// <see cref="AccountNotUsable"/>, <see cref="InsufficientFunds"/>, <see cref="MinimumBalanceReached"/>, <see cref="BalanceTooLarge"/>, <see cref="AccountBusy"/>,
    /// <see cref="RateRequestBusy"/>.</returns>
    /// <exception cref="Exception">Storage is down: the same order may be sent again.</exception>
    public async Task<Result<RateRequest>> RunAsync(CompletionConfirmation order, CancellationToken cancellation)
    {
        var opened = quotes.OpenEvenExpired<CompletionTerms>(order.Customer, QuoteCompletion.Purpose, order.QuoteId);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await table.FindAsync(order.Request, cancellation) is not { } record || record.It.Customer != order.Customer)
                return new RateRequestNotFound();
            record = await course.SettleAsync(record, cancellation);
            var it = record.It;
            if (it.Completion is { } known && known.Key == order.Key.Value && known.RequestHash != order.RequestHash)
                return new IdempotencyKeyReused();
            if (it.State == RateRequestState.Completed)
                return it;
            if (!opened.IsSuccess)
                return opened.Error;
            if (opened.Value.Content.Request != it.Id)
                return new QuoteNotFound();
            if (it.State == RateRequestState.Expired && it.ValidUntil is { } ended)
                return new RateExpired(ended);
            if (it.State != RateRequestState.Confirmed)
                return new RateRequestNotConfirmed(it.State);

            if (await StepAsync(order, opened.Value, record, cancellation) is { } outcome)
                return outcome;
        }

        return new RateRequestBusy();
    }

    /// <returns>Null when somebody else has changed the request: look again.</returns>
    private async Task<Result<RateRequest>?> StepAsync(CompletionConfirmation order, SealedQuote<CompletionTerms> quote, RateRequestRecord record, CancellationToken cancellation)
    {
        var (it, terms) = (record.It, quote.Content);
        var isOver = it.ValidUntil <= course.Now;
        if (it.Completion is { } begun)
        {
            // Its own earlier try, or a twin's: the same journal, as long as the rate holds.
            if (begun.Key == order.Key.Value && !isOver && quote.ExpiresAt > course.Now)
            {
                var again = await BookAsync(record, begun, _ => Task.FromResult<Result<Nothing>>(default(Nothing)));
                if (again is not { Error: TransactionVoided })
                    return again;
            }

            if ((await cancel.RunAsync(begun.Transaction(it.Id), it.From, CancellationToken.None)).Value == VoidOutcome.AlreadyPosted)
                return (await course.SettleAsync(record, CancellationToken.None)).It;
        }

        if (isOver)
            return new RateExpired(it.ValidUntil!.Value);
        if (quote.ExpiresAt <= course.Now)
            return new QuoteExpired(quote.ExpiresAt);
        if ((await accounts.ForExchangeAsync(order.Customer, terms.From, terms.To, terms.Debit, cancellation)).Error is { } refusal)
            return await table.FindAsync(it.Id, cancellation) is { } now && now.ETag == record.ETag ? (Result<RateRequest>?)refusal : null;

        var completion = new RateCompletion((it.Completion?.Attempt ?? 0) + 1, terms.Amount, terms.Debit, terms.Credit, order.Key.Value, order.RequestHash, course.Now);
        var changed = it with { Completion = completion };
        RateRequestRecord? written = null;
        var booked = await BookAsync(record with { It = changed }, completion, async stop =>
        {
            written = await table.ReplaceAsync(record, changed, stop);
            return written is null ? new RateRequestBusy() : default(Nothing);
        });
        return booked.Error is RateRequestBusy or TransactionVoided ? (Result<RateRequest>?)null : booked;
    }

    private async Task<Result<RateRequest>> BookAsync(RateRequestRecord record, RateCompletion completion, Precondition precondition)
    {
        var it = record.It;
        var journal = ExchangeJournal.Of(
            completion.Transaction(it.Id), ExchangeJournal.Preferential, it.From, it.To, completion.Debit, completion.Credit, it.Rate!.Value, it.Details, completion.At,
            it.Id.ToString("N"));
        var posted = await post.RunAsync(journal, precondition, CancellationToken.None);
        if (!posted.IsSuccess)
            return posted.Error;
        var now = (await table.FindAsync(it.Id, CancellationToken.None))!;
        return (await course.CompleteAsync(now, completion, posted.Value.PostedAt, CancellationToken.None)).It;
    }
}
