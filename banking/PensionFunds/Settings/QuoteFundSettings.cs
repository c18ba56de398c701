using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

/// <param name="Terms">Of one contribution at today's rate; null for manual.</param>
/// <param name="NextOn">The first due date; null for manual.</param>
public sealed record QuotedFundSettings(Guid Fund, FundSettings Settings, TransferTerms? Terms, LocalDate? NextOn);

/// <summary>The summary of a change of how contributions are taken (LDP-18), and of closing the authorisation (LDP-19).</summary>
public sealed class QuoteFundSettings
{
    internal const string Purpose = "pension_fund_settings";
    internal const string ClosingPurpose = "pension_authorisation_closing";

    private readonly FundTable table;
    private readonly FundRules rules;
    private readonly ConfirmableQuotes quotes;

    internal QuoteFundSettings(FundTable table, FundRules rules, ConfirmableQuotes quotes) => (this.table, this.rules, this.quotes) = (table, rules, quotes);

    /// <returns>
    /// The quote. Or every one of <see cref="NotInPlanCurrency"/>, <see cref="FrequencyNotAllowed"/>, <see cref="FundPaymentUnclear"/>, <see cref="PaymentDateInPast"/>,
    /// <see cref="EndBeforeStart"/> that applies; or, then, first match: <see cref="PrivateFundNotFound"/>, <see cref="FundNotActive"/>, <see cref="BelowMinimum"/>, <see cref="AccountNotFound"/>,
    /// <see cref="AccountNotUsable"/>, <see cref="Fx.ExchangeRateMissing"/>.
    /// </returns>
    public async Task<Result<SealedQuote<QuotedFundSettings>>> RunAsync(CustomerId customer, Guid id, FundSettings wanted, CancellationToken cancellation)
    {
        var stored = await table.FindAsync(customer, id, cancellation);
        if (Faults(wanted, stored?.It.Authorisation?.PaymentDate).ToList() is { Count: > 0 } faults)
            return new InvalidInput(faults);
        if (stored is not { It: var it })
            return new PrivateFundNotFound();
        if (it.State != FundState.Active)
            return new FundNotActive(it.SeenAt(rules.Now).State);
        var quoted = new QuotedFundSettings(id, wanted, null, null);
        if (wanted is { Mode: FundMode.Automatic, Amount: { } amount, From: { } from, FrequencyMonths: { } months, PaymentDate: { } first })
        {
            if (rules.Refuse(amount) is { } low)
                return low;
            var priced = await rules.PriceAsync(it, from, amount, cancellation);
            if (!priced.IsSuccess)
                return priced.Error;
            var next = ContributionCalendar.FirstFrom(first, months, wanted.EndsOn, LocalDate.Max(first, FromDay(it, rules.Today)));
            quoted = quoted with { Terms = priced.Value.Terms, NextOn = next };
        }

        var facts = ConfirmationFacts.Of(Purpose, wanted.Amount, PensionPlans.Of(it.Plan).Manager, it.ContractNumber, quoted.Terms?.Payer.Account);
        return await quotes.SealAsync(customer, quoted, facts, PayeeStanding.NeverExempt, cancellation);
    }

    /// <returns>The quote. Or, first match: <see cref="PrivateFundNotFound"/>, <see cref="FundNotActive"/>, <see cref="NotPeriodic"/>.</returns>
    public async Task<Result<SealedQuote<QuotedFundSettings>>> ToCloseAsync(CustomerId customer, Guid id, CancellationToken cancellation)
    {
        if (await table.FindAsync(customer, id, cancellation) is not { It: var it })
            return new PrivateFundNotFound();
        if (it.State != FundState.Active)
            return new FundNotActive(it.SeenAt(rules.Now).State);
        if (it.Authorisation is not { State: FundAuthorisationState.Active or FundAuthorisationState.Suspended })
            return new NotPeriodic();
        var quoted = new QuotedFundSettings(id, new FundSettings(FundMode.Manual, null, null, null, null, null), null, null);
        return await quotes.SealAsync(
            customer, quoted, ConfirmationFacts.Of(ClosingPurpose, null, PensionPlans.Of(it.Plan).Manager, it.ContractNumber), PayeeStanding.NeverExempt, cancellation);
    }

    /// <summary>What was due and is done with, or was skipped, is not collected again.</summary>
    internal static LocalDate FromDay(PrivateFund it, LocalDate today) =>
        it.Authorisation?.LastResult is { } last && last.DueOn >= today ? last.DueOn.PlusDays(1) : today;

    private IEnumerable<Invalid> Faults(FundSettings wanted, LocalDate? before)
    {
        if (wanted.Mode == FundMode.Manual)
        {
            if (wanted is not { From: null, Amount: null, FrequencyMonths: null, PaymentDate: null, EndsOn: null })
                yield return new FundPaymentUnclear("/paymentMode");
            yield break;
        }

        if (wanted.From is null)
            yield return new FundPaymentUnclear("/fromAccountId");
        if (wanted.Amount is null)
            yield return new FundPaymentUnclear("/amount");
        else if (FundRules.FindCurrencyFault(wanted.Amount, "/amount/currency") is { } currency)
            yield return currency;
        foreach (var fault in rules.FindFaults(wanted.FrequencyMonths, wanted.PaymentDate, wanted.EndsOn, before))
            yield return fault;
    }
}
