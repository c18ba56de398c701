using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

/// <summary>What opening a fund, changing its payment and adding to it check and price alike.</summary>
internal sealed class FundRules(
    FindAccount accounts, FindContactDetails contacts, ExchangeRates rates, TransferFees fees, IOptionsMonitor<PensionFundsOptions> options, TimeProvider time)
{
    private const int NameAtMost = 140;

    public Instant Now => Instant.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    public LocalDate Today => ContributionCalendar.Today(Now);

    public PensionFundsOptions Options => options.CurrentValue;

    /// <returns>The customer's data; or <see cref="AgeNotEligible"/>.</returns>
    public async Task<Result<ContactDetails>> EligibleAsync(CustomerId customer, CancellationToken cancellation)
    {
        var contact = await contacts.RunAsync(customer, cancellation);
        var age = PersonalNumber.Find(contact?.PersonalNumber)?.FindBirthDate() is { } born ? Period.Between(born, Today, PeriodUnits.Years).Years : (int?)null;
        return contact is not null && age >= Options.WorkingAgeFrom && age < Options.RetirementAge ? contact : new AgeNotEligible(Options.WorkingAgeFrom, Options.RetirementAge);
    }

    /// <returns>Null, or <see cref="BelowMinimum"/>.</returns>
    public Error? Refuse(Money amount) => amount < Options.Minimum ? new BelowMinimum(Options.Minimum) : null;

    /// <param name="field">Of the amount's currency.</param>
    public static Invalid? FindCurrencyFault(Money amount, string field) => amount.Currency == Currency.All ? null : new NotInPlanCurrency(field, Currency.All.Code);

    /// <summary>Faults of an arrangement's dates.</summary>
    /// <param name="before">The date that is there already: it may lie in the past.</param>
    public IEnumerable<Invalid> FindFaults(int? months, LocalDate? paymentDate, LocalDate? endsOn, LocalDate? before, string prefix = "")
    {
        if (months is null || !ContributionCalendar.Frequencies.Contains(months.Value))
            yield return new FrequencyNotAllowed($"{prefix}/frequencyMonths");
        if (paymentDate is null)
            yield return new FundPaymentUnclear($"{prefix}/paymentDate");
        else if (paymentDate < Today && paymentDate != before)
            yield return new PaymentDateInPast($"{prefix}/paymentDate");
        if (endsOn < paymentDate)
            yield return new EndBeforeStart($"{prefix}/endDate");
    }

    /// <summary>What a contribution costs now.</summary>
    /// <returns>Or, first match: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="ExchangeRateMissing"/>.</returns>
    public async Task<Result<(TransferTerms Terms, Account Account)>> PriceAsync(PrivateFund fund, AccountId from, Money amount, CancellationToken cancellation)
    {
        var found = await accounts.RunAsync(fund.Customer, from, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var account = found.Value;
        if (!PostingRules.CanDebit(account.Status))
            return new AccountNotUsable(account.Status);
        decimal? rate = null;
        var debit = amount;
        if (account.Currency != amount.Currency)
        {
            await rates.RefreshAsync(cancellation);
            if (rates.Find(account.Currency, amount.Currency) is not { } current)
                return new ExchangeRateMissing(account.Currency.Code, amount.Currency.Code);
            (rate, debit) = (current, ExchangeRates.Cost(amount, account.Currency, current));
        }

        var plan = PensionPlans.Of(fund.Plan);
        var holder = (await contacts.RunAsync(fund.Customer, cancellation))?.Name;
        var name = holder is null ? plan.Manager : $"{holder}, {plan.Manager}";
        var payee = new Payee(name.Length > NameAtMost ? name[..NameAtMost] : name, fund.ContractNumber ?? fund.Id.ToString("N"), Fund: plan.ManagerId);
        return (
            new TransferTerms(
                from, new PayerDetails(holder ?? account.Name, account.Iban.Electronic), payee, amount, debit, fees.Of(TransferKind.Pension, debit), FeeBearer.Sender, rate, fund.Description),
            account);
    }

    /// <returns>Null, or <see cref="InsufficientFunds"/>.</returns>
    public static Error? Refuse(TransferTerms terms, Account account) =>
        terms.Debit + terms.Fee is var total && account.Available < total ? new InsufficientFunds(total - account.Available) : null;
}
