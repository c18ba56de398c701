using NodaTime;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.PensionFunds;

/// <param name="Quote">As <see cref="QuoteFundSettings"/> gave it.</param>
/// <param name="EmailNotice">An e-mail for each contribution; null leaves it.</param>
public sealed record FundSettingsConfirmation(CustomerId Customer, Guid Fund, IdempotencyKey Key, string RequestHash, string Quote, bool? EmailNotice);

/// <summary>Changes how contributions are taken, once for each quote (LDP-18), or ends the authorisation (LDP-19). The fund itself stays open.</summary>
/// <remarks>The fund, its key and its quote are written in one group. A collection that has begun is carried through first: it may have been booked.</remarks>
public sealed class ConfirmFundSettings
{
    private readonly FundTable table;
    private readonly ContributionCourse course;
    private readonly SealedQuotes quotes;
    private readonly FundRules rules;

    internal ConfirmFundSettings(FundTable table, ContributionCourse course, SealedQuotes quotes, FundRules rules) =>
        (this.table, this.course, this.quotes, this.rules) = (table, course, quotes, rules);

    /// <returns>The fund; of a quote confirmed before as it is now. Or, first match: <see cref="QuoteNotFound"/>, <see cref="IdempotencyKeyReused"/>, <see cref="QuoteExpired"/>,
    /// <see cref="PrivateFundNotFound"/>, <see cref="FundBusy"/>.</returns>
    public Task<Result<PrivateFund>> RunAsync(FundSettingsConfirmation confirmation, CancellationToken cancellation) =>
        RunAsync(confirmation, QuoteFundSettings.Purpose, isClosing: false, cancellation);

    /// <returns>As the other; or, last, <see cref="NotPeriodic"/>.</returns>
    public Task<Result<PrivateFund>> CloseAsync(FundSettingsConfirmation confirmation, CancellationToken cancellation) =>
        RunAsync(confirmation, QuoteFundSettings.ClosingPurpose, isClosing: true, cancellation);

    private async Task<Result<PrivateFund>> RunAsync(FundSettingsConfirmation confirmation, string purpose, bool isClosing, CancellationToken cancellation)
    {
        var (customer, fund) = (confirmation.Customer, confirmation.Fund);
        var quote = quotes.OpenEvenExpired<QuotedFundSettings>(customer, purpose, confirmation.Quote);
        if (!quote.IsSuccess)
            return quote.Error;
        if (quote.Value.Content.Fund != fund)
            return new QuoteNotFound();
        var (keyRow, quoteRow, used) = (FundTable.KeyRow(customer, confirmation.Key), FundTable.QuoteRow(quote.Value.Id), new UsedKey(confirmation.RequestHash, fund));
        while (true)
        {
            var known = await table.FindUsedAsync(customer, keyRow, cancellation);
            if (known is not null && known != used)
                return new IdempotencyKeyReused();

            // The fund after the keys: what a twin has just done is seen.
            var isDone = known is not null || await table.FindUsedAsync(customer, quoteRow, cancellation) is not null;
            if (await table.FindAsync(customer, fund, cancellation) is not { } stored)
                return new PrivateFundNotFound();
            if (isDone)
                return stored.It;
            if (quote.Value.ExpiresAt <= rules.Now)
                return new QuoteExpired(quote.Value.ExpiresAt);
            if (stored.It.Authorisation?.Running is { } running)
            {
                if (await course.CarryThroughAsync(stored, cancellation) is null && (await table.FindAsync(customer, fund, cancellation))!.It.Authorisation?.Running == running)
                    return new FundBusy();
                continue;
            }

            if (isClosing && stored.It.Authorisation is not { State: FundAuthorisationState.Active or FundAuthorisationState.Suspended })
            {
                // A twin may have closed it between the look at the keys and the look at the fund.
                if (await table.FindUsedAsync(customer, quoteRow, cancellation) is not null)
                    continue;
                return new NotPeriodic();
            }

            var changed = Apply(stored.It, quote.Value.Content.Settings) with { EmailNotice = confirmation.EmailNotice ?? stored.It.EmailNotice };
            if (await table.ReplaceAsync(stored, changed, cancellation, (keyRow, used), (quoteRow, used)) is { } written)
                return written.It;
        }
    }

    private PrivateFund Apply(PrivateFund it, FundSettings wanted)
    {
        if (wanted is { Mode: FundMode.Automatic, From: { } from, Amount: { } amount, FrequencyMonths: { } months, PaymentDate: { } first })
        {
            var begun = FundCourse.AuthorisationFrom(from, amount, months, first, wanted.EndsOn, LocalDate.Max(rules.Today, QuoteFundSettings.FromDay(it, rules.Today)));
            return it with { Authorisation = begun with { LastResult = it.Authorisation?.LastResult } };
        }

        return it.Authorisation is { State: FundAuthorisationState.Active or FundAuthorisationState.Suspended } authorisation
            ? it with { Authorisation = authorisation with { State = FundAuthorisationState.Closed, Next = null } }
            : it;
    }
}
