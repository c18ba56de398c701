using Serverless.Banking.Ledger;

namespace Serverless.Banking.Fx;

/// <summary>One exchange of a customer.</summary>
public sealed class FindExchange
{
    private readonly ExchangeTable table;
    private readonly FindJournal find;

    internal FindExchange(ExchangeTable table, FindJournal find) => (this.table, this.find) = (table, find);

    /// <returns>The exchange; or <see cref="ExchangeNotFound"/>, also for one whose journal is not in the books.</returns>
    public async Task<Result<Exchange>> RunAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await table.FindAsync(customer, id, cancellation) is { } exchange && await find.RunAsync(exchange.Transaction, exchange.Terms.From, cancellation) is { } posted
            ? exchange with { ExecutedAt = posted.PostedAt }
            : new ExchangeNotFound();
}
