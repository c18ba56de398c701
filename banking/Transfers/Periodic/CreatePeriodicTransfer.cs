using Microsoft.Extensions.Options;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Transfers;

/// <param name="Quote">As <see cref="QuotePeriodicTransfer"/> gave it.</param>
/// <param name="AcceptsTerms">Of the version that the quote named.</param>
public sealed record PeriodicConfirmation(CustomerId Customer, IdempotencyKey Key, string RequestHash, string Quote, bool AcceptsTerms);

/// <summary>Registers a prepared standing transfer, once (TRF-28, TRF-29).</summary>
public sealed class CreatePeriodicTransfer
{
    private readonly PeriodicRules rules;
    private readonly PeriodicTable table;
    private readonly SealedQuotes quotes;
    private readonly PeriodicOptions options;

    internal CreatePeriodicTransfer(PeriodicRules rules, PeriodicTable table, SealedQuotes quotes, IOptions<PeriodicOptions> options) =>
        (this.rules, this.table, this.quotes, this.options) = (rules, table, quotes, options.Value);

    /// <returns>
    /// The standing transfer, active; of a quote confirmed before the one it became. Or, first match: <see cref="IdempotencyKeyReused"/>,
    /// <see cref="QuoteNotFound"/>, <see cref="QuoteExpired"/>, <see cref="PeriodicTermsNotAccepted"/>, the errors of <see cref="PeriodicRules"/>,
    /// <see cref="TooManyPeriodicTransfers"/>.
    /// </returns>
    public async Task<Result<PeriodicTransfer>> RunAsync(PeriodicConfirmation confirmation, CancellationToken cancellation)
    {
        var customer = confirmation.Customer;
        while (true)
        {
            if (await table.FindByKeyAsync(customer, confirmation.Key, cancellation) is { } earlier)
            {
                if (earlier.RequestHash != confirmation.RequestHash)
                    return new IdempotencyKeyReused();
                return (await table.FindAsync(customer, earlier.Id, cancellation))!.It;
            }

            var quote = quotes.OpenEvenExpired<QuotedPeriodicTransfer>(customer, QuotePeriodicTransfer.Purpose, confirmation.Quote);
            if (!quote.IsSuccess)
                return quote.Error;
            var id = PeriodicTransferId.Of(quote.Value.Id);
            if (await table.FindAsync(customer, id, cancellation) is { } created)
                return created.It;
            if (quote.Value.ExpiresAt <= rules.Now)
                return new QuoteExpired(quote.Value.ExpiresAt);
            var quoted = quote.Value.Content;
            if (!confirmation.AcceptsTerms)
                return new PeriodicTermsNotAccepted(quoted.TermsVersion);
            var terms = await rules.CheckAsync(customer, quoted.Kind, quoted.Terms, before: null, passed: 0, cancellation);
            if (!terms.IsSuccess)
                return terms.Error;
            if ((await table.ListAsync(customer, cancellation)).Count(other => other.State == PeriodicTransferState.Active) >= options.ActiveAtMost)
                return new TooManyPeriodicTransfers(options.ActiveAtMost);

            var it = new PeriodicTransfer(
                id, quoted.Kind, customer, terms.Value, quoted.TermsVersion, rules.Now, PeriodicTransferState.Active, Passed: 0, LastDue: null,
                PeriodicSchedule.FirstTry(quoted.FirstOn), LastResult: null, Running: null);
            if (await table.AddAsync(it, confirmation.Key, confirmation.RequestHash, cancellation))
                return it;
        }
    }
}
