using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Fx;
using Serverless.Banking.Partners;
using Serverless.Banking.Salaries;

namespace Serverless.Banking.Applications;

/// <summary>Asks the credit registry and scores an application (PROD-30).</summary>
/// <remarks>
/// 0 to 1000: up to 500 for what is left of the income (all of it up to a burden of 30 %, none from 70 % on; the limit itself counts with a share), up to 250 for the time
/// in the job (five years), up to 250 for debts that are paid in time; somebody more than 90 days behind loses 300. In one currency, at the bank's own rates.
/// </remarks>
internal sealed class Scoring(
    CreditRegistryClient registry, FindContactDetails contacts, FindSalary salaries, ExchangeRates rates, IOptionsMonitor<ApplicationsOptions> options)
{
    public const string RegistrySilent = "registry_silent";
    private const string NothingKnown = "nothing_known";
    private const string JobDiffers = "job_differs";
    private const string RateMissing = "rate_missing";
    private const string PastDue = "past_due";

    /// <summary>A new job that the registry does not know yet, or a month's difference in counting.</summary>
    private const int MonthsApart = 2;

    /// <returns>Null when the registry does not answer now.</returns>
    public async Task<Assessment?> RunAsync(ProductApplication it, Instant now, CancellationToken cancellation)
    {
        if (PersonalNumber.Find((await contacts.RunAsync(it.Customer, cancellation))?.PersonalNumber) is not { } person)
            return new Assessment(null, Verdict.Review, null, null, 0, [NothingKnown], now);
        if (await registry.AskAsync(it.Id, person, it.Product == ApplicationProduct.CreditCard ? "credit_card" : "overdraft", it.Id.ToString("D"), cancellation) is not { } report)
            return null;
        await rates.RefreshAsync(cancellation);
        var salary = await salaries.RunAsync(it.Customer, options.CurrentValue.OverdraftCurrencies, cancellation);
        return Score(it, report, salary?.Net ?? report.MonthlyIncome, now);
    }

    private Assessment Score(ProductApplication it, CreditReport report, Money? income, Instant now)
    {
        var (rules, currency, worst) = (options.CurrentValue, it.Requested!.Currency, report.Obligations.Select(one => one.DaysPastDue).DefaultIfEmpty().Max());
        List<string> remarks = worst > 0 ? [PastDue] : [];
        var instalments = report.Obligations.Select(one => In(one.MonthlyInstalment, currency)).ToList();
        if (income is not { IsPositive: true } || In(income, currency) is not { IsPositive: true } earned || instalments.Contains(null))
        {
            remarks.Add(income is { IsPositive: true } ? RateMissing : NothingKnown);
            return new Assessment(null, Verdict.Review, income, null, worst, remarks, now);
        }

        var months = it.Work!.MonthsInJob;
        var known = report.EmployedSince is { } since ? Period.Between(since, now.InZone(BankTime.Tirane).Date, PeriodUnits.Months).Months : (int?)null;
        var differs = known + MonthsApart < months;
        if (differs)
            remarks.Add(JobDiffers);

        var owed = Money.OfMinor(instalments.Sum(one => one!.Minor), currency);
        var burden = (owed.Minor + (it.Requested.Minor * rules.LimitSharePercent / 100m)) / earned.Minor;
        var score = (int)((500 * Math.Clamp((0.7m - burden) / 0.4m, 0, 1)) + (250 * Math.Min(Math.Min(months, known ?? months), 60) / 60m)
            + worst switch { 0 => 250, <= 30 => 150, <= 90 => 50, _ => -300 });
        score = Math.Clamp(score, 0, 1000);
        var verdict = score < rules.DeclineBelow ? Verdict.Decline : score >= rules.ApproveFrom && !differs ? Verdict.Approve : Verdict.Review;
        return new Assessment(score, verdict, income, owed, worst, remarks, now);
    }

    /// <summary>Null when the bank has no rate.</summary>
    private Money? In(Money amount, Currency currency) =>
        amount.Currency == currency ? amount : rates.Find(amount.Currency, currency) is { } rate ? ExchangeRates.Proceeds(amount, currency, rate) : null;
}
