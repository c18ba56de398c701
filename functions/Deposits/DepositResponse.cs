using System.ComponentModel;
using System.Globalization;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Calendar;
using Serverless.Banking.Deposits;
using Serverless.Functions.Http;

namespace Serverless.Functions.Deposits;

internal static class DepositText
{
    public static string Percent(decimal percent) => percent.ToString("0.00##", CultureInfo.InvariantCulture);
}

[Description("A term deposit.")]
public sealed record DepositResponse(
    Guid DepositId,
    [property: Example("7K3M-Q9XA-2FRT")] string ContractNumber,
    DepositPhase State,
    Currency Currency,
    [property: Description("What it was opened with.")] Money InitialBalance,
    [property: Description("What lies on it now: the principal of the running term, and what waits to be paid.")] Money Balance,
    [property: Description("A year's, for the whole term."), Example("1.40")] string InterestPercent,
    [property: Description("Null for a deposit until a chosen date.")] string? ProductId,
    DepositPeriodResponse MaturityPeriod,
    LocalDate OpenedOn,
    [property: Description("When the running term began: the opening or the last renewal.")] LocalDate TermStartedOn,
    LocalDate MaturityDate,
    [property: Description("The first working day from the maturity date on, as the calendar has it now: then it is paid or renewed.")] LocalDate SettledOn,
    bool AutoRenew,
    [property: Description("Null when it does not renew itself.")] RenewalType? RenewalType,
    [property: Description("The last day on which the renewal may be changed.")] LocalDate RenewalChangeUntil,
    DepositGainResponse Gain,
    [property: Description("Principal of the term and projected gain.")] Money FinalBalance,
    [property: Description("Gave the money, and gets it back.")] Guid FundingAccountId,
    [property: Description("Before maturity it is closed only there; the app offers no early closing.")] DepositClosing EarlyClosing)
{
    internal static DepositResponse From(Deposit it, BankCalendar calendar) => new(
        it.Id.Value, it.ContractNumber,
        it.State switch { DepositState.Matured => DepositPhase.PaymentWaiting, DepositState.Closed => DepositPhase.Closed, _ => DepositPhase.Active },
        it.InitialAmount.Currency, it.InitialAmount, it.Balance, DepositText.Percent(it.Term.RatePercent), it.Product, new DepositPeriodResponse(it.Period.Months, it.Term.Days),
        it.OpenedOn, it.Term.From, it.Term.Matures, calendar.SameOrNext(it.Term.Matures), it.Renewal is not null, it.Renewal, it.RenewalChangeUntil,
        DepositGainResponse.From(it.Term), it.Term.Principal + it.Term.Interest.Net, it.Funding.Value, DepositClosing.BranchOnly);
}

public enum DepositPhase
{
    Active,

    /// <summary>It has matured, and no account takes its money yet.</summary>
    PaymentWaiting,
    Closed,
}

public enum DepositClosing
{
    BranchOnly,
}

public sealed record DepositPeriodResponse([property: Description("Of a product; null for a deposit until a chosen date.")] int? Months, int Days);

[Description("What the term earns. Interest is counted day by day to the maturity date, on 365 days a year, and rounded down once; the tax is rounded up.")]
public sealed record DepositGainResponse(Money GrossInterest, [property: Example("15.00")] string TaxPercent, Money Tax, [property: Description("What is left.")] Money ProjectedGain)
{
    internal static DepositGainResponse From(DepositTerm term) => new(term.Interest.Gross, DepositText.Percent(term.TaxPercent), term.Interest.Tax, term.Interest.Net);
}
