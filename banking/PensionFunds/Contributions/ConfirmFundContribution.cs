using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

/// <param name="Quote">As <see cref="QuoteFundContribution"/> gave it.</param>
public sealed record FundContributionConfirmation(
    CustomerId Customer, Guid Fund, IdempotencyKey Key, string RequestHash, string Quote, OrderingDevice Device, bool EmailDetails);

/// <summary>Pays a prepared sum into a fund, once (LDP-20). It is a transfer like other contributions; the company is told, and asked again until it answers.</summary>
public sealed class ConfirmFundContribution
{
    private readonly SealedQuotes quotes;
    private readonly SendTransfer send;
    private readonly TransferTable transfers;
    private readonly FundRules rules;

    internal ConfirmFundContribution(SealedQuotes quotes, SendTransfer send, TransferTable transfers, FundRules rules) =>
        (this.quotes, this.send, this.transfers, this.rules) = (quotes, send, transfers, rules);

    /// <returns>The transfer. Or, first match: <see cref="QuoteNotFound"/>, <see cref="QuoteExpired"/> unless the same key has confirmed it in time, and the errors of <see cref="SendTransfer"/>.</returns>
    public async Task<Result<Transfer>> RunAsync(FundContributionConfirmation confirmation, CancellationToken cancellation)
    {
        var opened = quotes.OpenEvenExpired<QuotedContribution>(confirmation.Customer, QuoteFundContribution.Purpose, confirmation.Quote);
        if (!opened.IsSuccess)
            return opened.Error;
        var quote = opened.Value;
        if (quote.Content.Fund != confirmation.Fund)
            return new QuoteNotFound();
        if (quote.ExpiresAt <= rules.Now && await transfers.FindKeyAsync(confirmation.Customer, confirmation.Key, cancellation) is null)
            return new QuoteExpired(quote.ExpiresAt);
        return await send.RunAsync(
            new TransferOrder(
                TransferId.OfQuote(confirmation.Customer, quote.Id), TransferKind.Pension, confirmation.Customer, confirmation.Key, confirmation.RequestHash, quote.Content.Terms, confirmation.Device)
            {
                Origin = FundOrigins.Of(confirmation.Fund, FundContributionKind.Manual),
                Wishes = confirmation.EmailDetails ? new TransferWishes(EmailDetails: true) : null,
            },
            cancellation);
    }
}
