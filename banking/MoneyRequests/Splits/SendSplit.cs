using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.MoneyRequests;

/// <summary>Creates the money requests of a prepared split, all or none, once (REQ-13).</summary>
public sealed class SendSplit
{
    private readonly SendRequests send;
    private readonly ReceivingAccounts accounts;
    private readonly SealedQuotes quotes;
    private readonly MoneyRequestTable table;
    private readonly FindSplit find;

    internal SendSplit(SendRequests send, ReceivingAccounts accounts, SealedQuotes quotes, MoneyRequestTable table, FindSplit find) =>
        (this.send, this.accounts, this.quotes, this.table, this.find) = (send, accounts, quotes, table, find);

    /// <returns>The split; of a quote confirmed before the one it became. Or, first match: <see cref="IdempotencyKeyReused"/>, <see cref="QuoteNotFound"/>,
    /// <see cref="QuoteExpired"/>, <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="AlreadySplit"/>, <see cref="DailyRequestsReached"/>,
    /// <see cref="OpenRequestsReached"/>.</returns>
    public async Task<Result<SeenSplit>> RunAsync(QuoteConfirmation confirmation, CancellationToken cancellation)
    {
        var requester = confirmation.Customer;
        if (await send.RepeatAsync(requester, confirmation.Key, confirmation.RequestHash, cancellation) is { } repeat)
            return await repeat.Then(id => find.RunAsync(requester, new SplitId(id), cancellation));

        var quote = quotes.OpenEvenExpired<QuotedSplit>(requester, QuoteSplit.Purpose, confirmation.Quote);
        if (!quote.IsSuccess)
            return quote.Error;
        var id = SplitId.Of(quote.Value.Id);
        if (await table.FindSplitAsync(requester, id, cancellation) is not null)
            return await find.RunAsync(requester, id, cancellation);

        var now = send.Now;
        if (quote.Value.ExpiresAt <= now)
            return new QuoteExpired(quote.Value.ExpiresAt);
        var planned = quote.Value.Content;
        if (await accounts.RefusalAsync(requester, planned.Account, planned.Total.Currency, cancellation) is { } refused)
            return refused;

        var requests = await Task.WhenAll(planned.Shares.Select((share, i) => send.MakeAsync(
            MoneyRequestId.Of(quote.Value.Id, i), id, requester, new RequestParty(share.Customer, share.Name, share.Phone), planned.Account, share.Amount,
            planned.Details, now, cancellation)));
        IEnumerable<SplitShare> own = planned.OwnShare is { } mine ? [new SplitShare(null, requester, null, mine)] : [];
        var split = new Split(
            id, requester, planned.Account, planned.Transaction, planned.BookedOn, planned.Description, planned.Total, planned.Details!, now,
            [.. own, .. requests.Select(it => new SplitShare(it.Id, it.Payer.Customer, it.Payer.Name, it.Amount))]);
        var order = new NewRequests(requester, confirmation.Key, confirmation.RequestHash, id.Value, requests, split, QuoteSplit.MarkOf(planned));
        var sent = await send.RunAsync(order, cancellation);
        return await sent.Then(subject => find.RunAsync(requester, new SplitId(subject), cancellation));
    }
}
