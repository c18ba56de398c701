using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Remittances;

/// <param name="AcceptedTerms">The version of the terms that the customer has accepted; null: none.</param>
public sealed record RemittanceConfirmation(CustomerId Customer, IdempotencyKey Key, string RequestHash, string Quote, string? AcceptedTerms);

/// <summary>Pays a remittance out into an account: the remitter's confirmation first, then the credit, each once (TRF-27).</summary>
/// <remarks>
/// One PIN is one payout: its id and its journal's id are derived from the PIN. Written first is the record that the customer wants it; a process killed
/// afterwards is caught up with by <see cref="AskForPayout"/>.
/// </remarks>
public sealed class CollectRemittance
{
    private readonly SealedQuotes quotes;
    private readonly RemittanceTable remittances;
    private readonly RemittanceCourse course;
    private readonly IOptions<RemittancesOptions> options;
    private readonly TimeProvider time;

    internal CollectRemittance(
        SealedQuotes quotes, RemittanceTable remittances, RemittanceCourse course, IOptions<RemittancesOptions> options, TimeProvider time) =>
        (this.quotes, this.remittances, this.course, this.options, this.time) = (quotes, remittances, course, options, time);

    /// <returns>
    /// The remittance: credited, or pending until the remitter answers (start the workflow that asks). Or, first match: <see cref="RemittanceTermsNotAccepted"/>,
    /// <see cref="QuoteNotFound"/>, <see cref="IdempotencyKeyReused"/>, the first answer under the key, <see cref="QuoteExpired"/>, <see cref="RemittanceAlreadyPaid"/>,
    /// <see cref="RemittanceCancelled"/>.
    /// </returns>
    public async Task<Result<Remittance>> RunAsync(RemittanceConfirmation confirmation, CancellationToken cancellation)
    {
        if (confirmation.AcceptedTerms != options.Value.TermsVersion)
            return new RemittanceTermsNotAccepted("/acceptedTerms", options.Value.TermsVersion);
        var opened = quotes.OpenEvenExpired<RemittanceTerms>(confirmation.Customer, QuoteRemittance.Purpose, confirmation.Quote);
        if (!opened.IsSuccess)
            return opened.Error;
        var (terms, customer) = (opened.Value.Content, confirmation.Customer);
        if (terms.TermsVersion != options.Value.TermsVersion)
            return new RemittanceTermsNotAccepted("/acceptedTerms", options.Value.TermsVersion);

        var id = RemittanceId.Of(terms.Pin);
        var earlier = await remittances.FindAsync(id, cancellation);
        if (earlier is null && opened.Value.ExpiresAt <= Instant.FromDateTimeOffset(time.GetUtcNow()))
            return new QuoteExpired(opened.Value.ExpiresAt);
        if (!await remittances.ClaimKeyAsync(customer, confirmation.Key.Value, confirmation.RequestHash, cancellation))
            return new IdempotencyKeyReused();

        if (earlier is null)
        {
            var remittance = new Remittance(
                id, customer, terms.To, terms.Sent, terms.Credited, terms.Rate, terms.Sender, terms.TermsVersion, RemittancePayoutState.Pending, null, null,
                Instant.FromDateTimeOffset(time.GetUtcNow()));
            earlier = await remittances.BeginAsync(remittance, course.SealPin(customer, terms.Pin), confirmation.Key.Value, confirmation.RequestHash, cancellation)
                ?? await remittances.FindAsync(id, cancellation);
        }

        if (earlier!.Remittance.Customer != customer || earlier.Key != confirmation.Key.Value)
            return new RemittanceAlreadyPaid();

        // The customer may hang up; the payout is his word now.
        var settled = await course.ContinueAsync(earlier, CancellationToken.None);
        return settled.Remittance is { State: RemittancePayoutState.Refused } refused ? Refusal(refused) : settled.Remittance;
    }

    private static Error Refusal(Remittance refused) => refused.RefusalCode == "cancelled" ? new RemittanceCancelled() : new RemittanceAlreadyPaid();
}
