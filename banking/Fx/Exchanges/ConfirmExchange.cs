using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Fx;

public sealed record ExchangeConfirmation(CustomerId Customer, IdempotencyKey Key, string RequestHash, string QuoteId);

/// <summary>Exchanges at the rate that was shown, once (FX-09): debit and credit together or not at all.</summary>
/// <remarks>
/// The exchange's row and its key's are written beside the journal's intent, in one group; its journal's id is the quote's. A process killed anywhere
/// leaves an order that the ledger's sweeper books, or one that the customer's repeat books as long as the rate holds. Later it is voided.
/// </remarks>
public sealed class ConfirmExchange
{
    private readonly SealedQuotes quotes;
    private readonly ExchangeTable table;
    private readonly FindAccount accounts;
    private readonly FindJournal find;
    private readonly PostJournal post;
    private readonly VoidJournal cancel;
    private readonly TimeProvider time;

    internal ConfirmExchange(
        SealedQuotes quotes, ExchangeTable table, FindAccount accounts, FindJournal find, PostJournal post, VoidJournal cancel, TimeProvider time) =>
        (this.quotes, this.table, this.accounts, this.find, this.post, this.cancel, this.time) = (quotes, table, accounts, find, post, cancel, time);

    private Instant Now => time.NowToTheMillisecond();

    /// <returns>The exchange. Or, first match: <see cref="IdempotencyKeyReused"/>, <see cref="QuoteNotFound"/>, <see cref="ExchangeAlreadyConfirmed"/>,
    /// <see cref="QuoteExpired"/>, <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="InsufficientFunds"/>,
    /// <see cref="MinimumBalanceReached"/>, <see cref="BalanceTooLarge"/>, <see cref="AccountBusy"/>.</returns>
    /// <exception cref="Exception">Storage is down: the same order may be sent again.</exception>
    public async Task<Result<Exchange>> RunAsync(ExchangeConfirmation order, CancellationToken cancellation)
    {
        if (await table.FindKeyAsync(order.Customer, order.Key, cancellation) is { } known)
            return known.RequestHash == order.RequestHash ? await CarryThroughAsync(known) : new IdempotencyKeyReused();

        var quote = quotes.OpenEvenExpired<ExchangeTerms>(order.Customer, QuoteExchange.Purpose, order.QuoteId);
        if (!quote.IsSuccess)
            return quote.Error;
        var exchange = new Exchange(
            TransactionId.Derive("currency_exchange", order.Customer.Value, quote.Value.Id.ToString("N")).Value, order.Customer, quote.Value.Content, Now, quote.Value.ExpiresAt)
        {
            Key = order.Key.Value,
            RequestHash = order.RequestHash,
        };
        var refusal = await RefusalAsync(exchange, cancellation);
        if (refusal is null)
            return await BookAsync(exchange);

        // A twin, or another order under the key, may have been taken since we looked, and have used the money.
        return await table.FindKeyAsync(order.Customer, order.Key, cancellation) is { } twin
            ? twin.RequestHash == order.RequestHash ? await CarryThroughAsync(twin) : new IdempotencyKeyReused()
            : refusal;
    }

    private async Task<Error?> RefusalAsync(Exchange exchange, CancellationToken cancellation)
    {
        var terms = exchange.Terms;
        var asking = table.FindAsync(exchange.Customer, exchange.Id, cancellation);
        var found = await accounts.ForExchangeAsync(exchange.Customer, terms.From, terms.To, terms.Debit, cancellation);
        var other = await asking;
        return other is not null && other.Key != exchange.Key ? new ExchangeAlreadyConfirmed(exchange.Id)
            : exchange.ExpiresAt <= Now ? new QuoteExpired(exchange.ExpiresAt)
            : found.Error;
    }

    /// <summary>What was taken is in the books, is booked now, or its rate has run out.</summary>
    private async Task<Result<Exchange>> CarryThroughAsync(Exchange exchange)
    {
        if (exchange.ExpiresAt > Now)
            return await BookAsync(exchange);
        return (await cancel.RunAsync(exchange.Transaction, exchange.Terms.From, CancellationToken.None)).Value == VoidOutcome.AlreadyPosted
            ? exchange with { ExecutedAt = (await find.RunAsync(exchange.Transaction, exchange.Terms.From, CancellationToken.None))!.PostedAt }
            : new QuoteExpired(exchange.ExpiresAt);
    }

    private async Task<Result<Exchange>> BookAsync(Exchange exchange)
    {
        var terms = exchange.Terms;
        var journal = ExchangeJournal.Of(
            exchange.Transaction, ExchangeJournal.Current, terms.From, terms.To, terms.Debit, terms.Credit, terms.Rate, terms.Details, exchange.ConfirmedAt,
            exchange.Id.ToString("N"));
        var posted = await post.RunAsync(journal, stop => table.AddAsync(exchange, stop), CancellationToken.None);
        return posted.Match<Result<Exchange>>(
            booked => exchange with { ExecutedAt = booked.PostedAt },
            error => error is TransactionVoided ? new QuoteExpired(exchange.ExpiresAt) : error);
    }
}
