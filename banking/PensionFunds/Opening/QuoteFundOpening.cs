using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

/// <summary>An application as it will be confirmed.</summary>
/// <param name="Terms">Of one contribution at today's rate; what is paid at once is paid exactly so.</param>
/// <param name="FirstOn">Of a periodic one: when it is collected first, if the contract is signed by then.</param>
public sealed record QuotedFundOpening(Guid Fund, string Plan, string Description, FundPayment Payment, TransferTerms Terms, LocalDate? FirstOn);

/// <summary>The summary of an application before it is confirmed (LDP-15, LDP-29).</summary>
public sealed class QuoteFundOpening
{
    internal const string Purpose = "pension_fund_opening";

    private readonly FundTable table;
    private readonly FundRules rules;
    private readonly ConfirmableQuotes quotes;

    internal QuoteFundOpening(FundTable table, FundRules rules, ConfirmableQuotes quotes) => (this.table, this.rules, this.quotes) = (table, rules, quotes);

    /// <returns>The quote. Or, first match: <see cref="PrivateFundNotFound"/>, <see cref="FundApplicationNotDraft"/>, <see cref="FundPaymentMissing"/>, <see cref="PlanNotAvailable"/>,
    /// <see cref="AgeNotEligible"/>, <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="Fx.ExchangeRateMissing"/>, <see cref="InsufficientFunds"/>,
    /// <see cref="PaymentDateInPast"/> (the draft lay too long).</returns>
    public async Task<Result<SealedQuote<QuotedFundOpening>>> RunAsync(CustomerId customer, Guid id, CancellationToken cancellation)
    {
        if (await table.FindAsync(customer, id, cancellation) is not { It: var it })
            return new PrivateFundNotFound();
        if (it.SeenAt(rules.Now) is { State: not FundState.Draft } gone)
            return new FundApplicationNotDraft(gone.State);
        if (it.Payment is not { } payment)
            return new FundPaymentMissing();
        if (PensionPlans.Find(it.Plan) is not { IsOffered: true })
            return new PlanNotAvailable();
        var eligible = await rules.EligibleAsync(customer, cancellation);
        if (!eligible.IsSuccess)
            return eligible.Error;
        var priced = await rules.PriceAsync(it, payment.From, payment.Amount, cancellation);
        if (!priced.IsSuccess)
            return priced.Error;
        var (terms, account) = priced.Value;
        if (payment.Mode == FundPaymentMode.OneTime && FundRules.Refuse(terms, account) is { } poor)
            return poor;
        if (payment.PaymentDate < rules.Today)
            return new InvalidInput([new PaymentDateInPast("/paymentDate")]);
        return await quotes.SealAsync(
            customer, new QuotedFundOpening(it.Id, it.Plan, it.Description, payment, terms, payment.PaymentDate), FactsOf(it, payment.Amount, terms), PayeeStanding.NeverExempt, cancellation);
    }

    private static ConfirmationFacts FactsOf(PrivateFund it, Money amount, TransferTerms terms) =>
        ConfirmationFacts.Of(Purpose, amount, PensionPlans.Of(it.Plan).Manager, it.Plan, terms.Payer.Account);
}
