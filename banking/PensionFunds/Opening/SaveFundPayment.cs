using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.PensionFunds;

/// <summary>Stores how a fund that is applied for is to be paid into (LDP-14).</summary>
public sealed class SaveFundPayment
{
    private readonly FundTable table;
    private readonly FundRules rules;

    internal SaveFundPayment(FundTable table, FundRules rules) => (this.table, this.rules) = (table, rules);

    /// <returns>
    /// The draft. Or every one of <see cref="NotInPlanCurrency"/>, <see cref="FrequencyNotAllowed"/>, <see cref="FundPaymentUnclear"/>, <see cref="PaymentDateInPast"/>,
    /// <see cref="EndBeforeStart"/> that applies; or, then, first match: <see cref="PrivateFundNotFound"/>, <see cref="FundApplicationNotDraft"/>, <see cref="BelowMinimum"/>,
    /// <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="Fx.ExchangeRateMissing"/>, <see cref="InsufficientFunds"/> (of what is paid at once).
    /// </returns>
    public async Task<Result<PrivateFund>> RunAsync(CustomerId customer, Guid id, FundPayment payment, CancellationToken cancellation)
    {
        if (Faults(payment).ToList() is { Count: > 0 } faults)
            return new InvalidInput(faults);
        if (await table.FindAsync(customer, id, cancellation) is not { } stored)
            return new PrivateFundNotFound();
        if (stored.It.SeenAt(rules.Now) is { State: not FundState.Draft } gone)
            return new FundApplicationNotDraft(gone.State);
        if (rules.Refuse(payment.Amount) is { } low)
            return low;
        var priced = await rules.PriceAsync(stored.It, payment.From, payment.Amount, cancellation);
        if (!priced.IsSuccess)
            return priced.Error;
        if (payment.Mode == FundPaymentMode.OneTime && FundRules.Refuse(priced.Value.Terms, priced.Value.Account) is { } poor)
            return poor;
        return await EditFund.EditAsync(stored, it => it with { Payment = payment }, rules.Now, table);
    }

    private IEnumerable<Invalid> Faults(FundPayment payment)
    {
        if (FundRules.FindCurrencyFault(payment.Amount, "/amount/currency") is { } currency)
            yield return currency;
        if (payment.Mode == FundPaymentMode.Periodic)
        {
            foreach (var fault in rules.FindFaults(payment.FrequencyMonths, payment.PaymentDate, payment.EndsOn, before: null))
                yield return fault;
        }
        else if (payment is not { FrequencyMonths: null, PaymentDate: null, EndsOn: null })
        {
            yield return new FundPaymentUnclear("/paymentMode");
        }
    }
}
