using Microsoft.Extensions.Options;
using Serverless.Banking.Customers;
using Serverless.Banking.Salaries;

namespace Serverless.Banking.Applications;

/// <summary>Whether a customer may apply for an overdraft, condition by condition (PROD-22), and up to what (PROD-24).</summary>
/// <param name="HasLongEnoughJob">Null: nobody has said how long yet.</param>
/// <param name="Salary">Null when none arrives at the bank.</param>
/// <param name="Suggested">Rising; empty without a salary.</param>
public sealed record OverdraftOffer(bool IsIndividual, bool? HasLongEnoughJob, int MinimumMonthsInJob, Salary? Salary, IReadOnlyList<Money> Suggested)
{
    /// <summary>The first condition that does not hold; null when all do, as far as they are known.</summary>
    public Error? Objection =>
        !IsIndividual ? new NotAnIndividual()
        : Salary is null ? new NoSalaryAtBank()
        : HasLongEnoughJob == false ? new JobTooRecent(MinimumMonthsInJob)
        : null;
}

public sealed class FindOverdraftOffer
{
    private readonly FindContactDetails contacts;
    private readonly FindSalary salaries;
    private readonly IOptionsMonitor<ApplicationsOptions> options;

    internal FindOverdraftOffer(FindContactDetails contacts, FindSalary salaries, IOptionsMonitor<ApplicationsOptions> options) =>
        (this.contacts, this.salaries, this.options) = (contacts, salaries, options);

    /// <param name="monthsInJob">As the customer says; null when he was not asked yet.</param>
    public async Task<OverdraftOffer> RunAsync(CustomerId customer, int? monthsInJob, CancellationToken cancellation)
    {
        var rules = options.CurrentValue;
        var finding = contacts.RunAsync(customer, cancellation);
        var salary = await salaries.RunAsync(customer, rules.OverdraftCurrencies, cancellation);
        return new OverdraftOffer(
            (await finding)?.Segment == CustomerSegment.Individual, monthsInJob is { } months ? months >= rules.MinimumMonthsInJob : null, rules.MinimumMonthsInJob,
            salary, salary is null ? [] : OverdraftLimits.Suggest(salary, rules));
    }

    /// <returns>The offer; or, first match: <see cref="NotAnIndividual"/>, <see cref="NoSalaryAtBank"/>.</returns>
    public async Task<Result<OverdraftOffer>> RequireAsync(CustomerId customer, CancellationToken cancellation) =>
        await RunAsync(customer, null, cancellation) is var offer && offer.Objection is { } objection ? objection : offer;
}
