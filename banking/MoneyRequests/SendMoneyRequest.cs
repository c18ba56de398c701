using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.MoneyRequests;

/// <summary>Sends a prepared request to the payer, once (REQ-09).</summary>
public sealed class SendMoneyRequest
{
    private readonly SendRequests send;
    private readonly ReceivingAccounts accounts;
    private readonly SealedQuotes quotes;
    private readonly MoneyRequestTable table;

    internal SendMoneyRequest(SendRequests send, ReceivingAccounts accounts, SealedQuotes quotes, MoneyRequestTable table) =>
        (this.send, this.accounts, this.quotes, this.table) = (send, accounts, quotes, table);

    /// <returns>The request, open; of a quote confirmed before the one it became. Or, first match: <see cref="IdempotencyKeyReused"/>,
    /// <see cref="QuoteNotFound"/>, <see cref="QuoteExpired"/>, <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>,
    /// <see cref="AccountCurrencyMismatch"/>, <see cref="DailyRequestsReached"/>, <see cref="OpenRequestsReached"/>.</returns>
    public async Task<Result<MoneyRequest>> RunAsync(QuoteConfirmation confirmation, CancellationToken cancellation)
    {
        var requester = confirmation.Customer;
        if (await send.RepeatAsync(requester, confirmation.Key, confirmation.RequestHash, cancellation) is { } repeat)
            return await FindAsync(requester, repeat, cancellation);

        var quote = quotes.OpenEvenExpired<QuotedMoneyRequest>(requester, QuoteMoneyRequest.Purpose, confirmation.Quote);
        if (!quote.IsSuccess)
            return quote.Error;
        var id = MoneyRequestId.Of(quote.Value.Id, 0);
        if (await table.FindAsync(requester, id, cancellation) is { } sent)
            return sent.It;

        var now = send.Now;
        if (quote.Value.ExpiresAt <= now)
            return new QuoteExpired(quote.Value.ExpiresAt);
        var asked = quote.Value.Content;
        if (await accounts.RefusalAsync(requester, asked.To, asked.Amount.Currency, cancellation) is { } refused)
            return refused;

        var payer = new RequestParty(asked.Payer, asked.Name, asked.Phone);
        var it = await send.MakeAsync(id, null, requester, payer, asked.To, asked.Amount, asked.Details, now, cancellation);
        var order = new NewRequests(requester, confirmation.Key, confirmation.RequestHash, id.Value, [it], null, null);
        return await FindAsync(requester, await send.RunAsync(order, cancellation), cancellation);
    }

    private async Task<Result<MoneyRequest>> FindAsync(CustomerId requester, Result<Guid> sent, CancellationToken cancellation) => sent.IsSuccess
        ? (await table.FindAsync(requester, new MoneyRequestId(sent.Value), cancellation))?.It
            ?? throw new InvalidOperationException($"Request {sent.Value} is gone.")
        : sent.Error;
}
