using Serverless.Banking.Accounts;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

public sealed record QuotedContribution(Guid Fund, TransferTerms Terms);

/// <summary>Prepares an extra sum into a fund of the customer's own (LDP-20).</summary>
public sealed class QuoteFundContribution
{
    internal const string Purpose = "pension_fund_contribution";

    private readonly FundTable table;
    private readonly FundRules rules;
    private readonly ConfirmableQuotes quotes;

    internal QuoteFundContribution(FundTable table, FundRules rules, ConfirmableQuotes quotes) => (this.table, this.rules, this.quotes) = (table, rules, quotes);

    /// <returns>The quote. Or, first match: <see cref="NotInPlanCurrency"/>, <see cref="PrivateFundNotFound"/>, <see cref="FundNotActive"/>, <see cref="BelowMinimum"/>,
    /// <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="Fx.ExchangeRateMissing"/>, <see cref="InsufficientFunds"/>.</returns>
    public async Task<Result<SealedQuote<QuotedContribution>>> RunAsync(CustomerId customer, Guid id, AccountId from, Money amount, CancellationToken cancellation)
    {
        if (FundRules.FindCurrencyFault(amount, "/amount/currency") is { } fault)
            return new InvalidInput([fault]);
        if (await table.FindAsync(customer, id, cancellation) is not { It: var it })
            return new PrivateFundNotFound();
        if (it.State != FundState.Active)
            return new FundNotActive(it.SeenAt(rules.Now).State);
        if (rules.Refuse(amount) is { } low)
            return low;
        var priced = await rules.PriceAsync(it, from, amount, cancellation);
        if (!priced.IsSuccess)
            return priced.Error;
        var (terms, account) = priced.Value;
        if (FundRules.Refuse(terms, account) is { } poor)
            return poor;
        var facts = ConfirmationFacts.Of(Purpose, amount, terms.To.Name, terms.To.Account);
        return await quotes.SealAsync(customer, new QuotedContribution(id, terms), facts, PayeeStanding.NeverExempt, cancellation);
    }
}
