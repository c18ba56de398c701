using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <summary>The rules that the result of creating, changing or reopening an authorisation must pass (BILL-12, BILL-15, BILL-17).</summary>
internal sealed class AuthorisationRules(FindAccount accounts, TimeProvider time)
{
    /// <summary>The companies' invoices are in the currency of the country.</summary>
    private static readonly Currency InvoiceCurrency = Currency.All;

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public LocalDate Today => PaymentCalendar.Today(Now);

    /// <returns>
    /// The terms. Or every one of <see cref="PaymentDayRequired"/>, <see cref="PaymentDayOutOfRange"/>, <see cref="MaximumNotPositive"/>,
    /// <see cref="MaximumCurrency"/>, <see cref="EndDateNotInFuture"/> that applies; or, then: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>.
    /// </returns>
    public async Task<Result<AuthorisationTerms>> CheckAsync(CustomerId customer, AuthorisationTerms terms, CancellationToken cancellation)
    {
        List<Invalid> faults = [];
        if (terms is { Type: PaymentType.Automatic, PaymentDay: null })
            faults.Add(new PaymentDayRequired("/paymentDay"));
        if (terms.PaymentDay is < 1 or > 31)
            faults.Add(new PaymentDayOutOfRange("/paymentDay"));
        if (terms.Maximum is { IsPositive: false })
            faults.Add(new MaximumNotPositive("/maximum/amount"));
        if (terms.Maximum is { } maximum && maximum.Currency != InvoiceCurrency)
            faults.Add(new MaximumCurrency("/maximum/currency", InvoiceCurrency.Code));
        if (terms.EndsOn <= Today)
            faults.Add(new EndDateNotInFuture("/endDate"));
        if (faults.Count > 0)
            return new InvalidInput(faults);

        var account = await accounts.RunAsync(customer, terms.From, cancellation);
        return account.Then<AuthorisationTerms>(found => found.Status == AccountStatus.Active ? terms : new AccountNotUsable(found.Status));
    }

    /// <summary>The first look by the calendar; null when the terms name no day.</summary>
    public CollectionRun? FirstRun(AuthorisationTerms terms) => terms.PaymentDay is { } day
        ? CollectionRun.OnPaymentDay(PaymentCalendar.NextAfter(Now, day))
        : null;
}
