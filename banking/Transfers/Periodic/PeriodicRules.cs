using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Text;

namespace Serverless.Banking.Transfers;

/// <summary>The rules that the result of creating or changing a standing transfer must pass (TRF-28, TRF-29, TRF-31).</summary>
internal sealed class PeriodicRules(FindAccount accounts, ReadBook books, TimeProvider time)
{
    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public LocalDate Today => PeriodicSchedule.Today(Now);

    /// <param name="before">The terms that are changed; null for new ones. A start date that stays may lie in the past.</param>
    /// <param name="passed">Due dates that are done with.</param>
    /// <returns>
    /// The terms. Or every one of <see cref="StartDateInPast"/>, <see cref="EndDateBeforeStart"/>, <see cref="CountBelowOne"/>, <see cref="CountAlreadyMade"/>,
    /// <see cref="DurationNotOne"/>, <see cref="PeriodicDetailsMissing"/>, the faults of <see cref="Description"/>, <see cref="SameAccount"/> that applies; or,
    /// then, first match: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="AmountNotInAccountCurrency"/>, <see cref="CurrenciesDiffer"/>,
    /// <see cref="PayeeAccountNotUsable"/>.
    /// </returns>
    public async Task<Result<PeriodicTerms>> CheckAsync(
        CustomerId customer, TransferKind kind, PeriodicTerms terms, PeriodicTerms? before, int passed, CancellationToken cancellation)
    {
        var details = Description.FindOptional(terms.Details, "/details");
        if (Faults(kind, terms, before, passed, details) is { Count: > 0 } faults)
            return new InvalidInput(faults);

        var source = await accounts.RunAsync(customer, terms.From, cancellation);
        if (!source.IsSuccess)
            return source.Error;
        if (!PostingRules.CanDebit(source.Value.Status))
            return new AccountNotUsable(source.Value.Status);
        if (terms.Amount.Currency != source.Value.Currency)
            return new AmountNotInAccountCurrency("/amount/currency", source.Value.Currency.Code);
        var checkedTo = await CheckDestinationAsync(customer, kind, terms, source.Value, cancellation);
        return checkedTo.Then(to => terms with { To = to, Details = details.Value });
    }

    private async Task<Result<Payee>> CheckDestinationAsync(
        CustomerId customer, TransferKind kind, PeriodicTerms terms, Account source, CancellationToken cancellation)
    {
        var book = await books.RunAsync(terms.To.AccountId!.Value, cancellation);
        if (kind == TransferKind.Own)
        {
            if (book is null || book.Owner != customer)
                return new AccountNotFound();
            if (!PostingRules.CanCredit(book.Status))
                return new AccountNotUsable(book.Status);
        }
        else if (book is null || !PostingRules.CanCredit(book.Status))
        {
            return new PayeeAccountNotUsable();
        }

        if (book.Currency != source.Currency)
            return new CurrenciesDiffer(source.Currency.Code, book.Currency.Code, "currency_exchange");
        return kind == TransferKind.Own ? new Payee(book.Name, book.Iban, book.Id, customer) : terms.To;
    }

    private List<Invalid> Faults(TransferKind kind, PeriodicTerms terms, PeriodicTerms? before, int passed, Result<string?> details)
    {
        List<Invalid> faults = [];
        if (terms.StartsOn != before?.StartsOn && terms.StartsOn < Today)
            faults.Add(new StartDateInPast("/startDate"));
        if (terms.EndsOn is null == terms.Count is null)
            faults.Add(new DurationNotOne("/endDate"));
        if (terms.EndsOn < terms.StartsOn)
            faults.Add(new EndDateBeforeStart("/endDate"));
        if (terms.Count < 1)
            faults.Add(new CountBelowOne("/count"));
        else if (terms.Count <= passed)
            faults.Add(new CountAlreadyMade("/count", passed));
        if (terms.From == terms.To.AccountId)
            faults.Add(new SameAccount("/toAccountId"));
        if (!details.IsSuccess)
            faults.Add((Invalid)details.Error);
        else if (kind != TransferKind.Own && details.Value is null)
            faults.Add(new PeriodicDetailsMissing("/details"));
        return faults;
    }
}
