using Microsoft.Extensions.Options;
using Serverless.Banking.Interbank;

namespace Serverless.Banking.Applications;

/// <summary>Takes the applicant's education and work (PROD-11, PROD-26).</summary>
public sealed class SaveWorkDetails
{
    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;
    private readonly IOptionsMonitor<ApplicationsOptions> options;

    internal SaveWorkDetails(ApplicationTable table, ApplicationCourse course, IOptionsMonitor<ApplicationsOptions> options) =>
        (this.table, this.course, this.options) = (table, course, options);

    /// <returns>The draft. Or, first match: <see cref="InvalidInput"/> with <see cref="ValueNotListed"/> and <see cref="TotalBelowCurrentJob"/>, <see cref="ApplicationNotFound"/>,
    /// <see cref="ApplicationNotDraft"/>, <see cref="JobTooRecent"/> (an overdraft's).</returns>
    public async Task<Result<ProductApplication>> RunAsync(CustomerId customer, ApplicationProduct product, Guid id, WorkDetails details, CancellationToken cancellation)
    {
        if (Faults(details).ToList() is { Count: > 0 } faults)
            return new InvalidInput(faults);
        if (await table.FindAsync(id, cancellation) is not { } record || record.It.Customer != customer || record.It.Product != product)
            return new ApplicationNotFound();
        if (record.It.SeenAt(course.Now) is { State: not ApplicationState.Draft } gone)
            return new ApplicationNotDraft(gone.State);
        if (product == ApplicationProduct.Overdraft && details.MonthsInJob < options.CurrentValue.MinimumMonthsInJob)
            return new JobTooRecent(options.CurrentValue.MinimumMonthsInJob);
        return await course.EditAsync(record, it => it with { Work = details }, CancellationToken.None);
    }

    private static IEnumerable<Invalid> Faults(WorkDetails details)
    {
        if (!ApplicationLists.EducationLevels.Has(details.Education))
            yield return new ValueNotListed("/education");
        if (!ApplicationLists.Sectors.Has(details.Sector))
            yield return new ValueNotListed("/sector");
        if (!ApplicationLists.Professions.Has(details.Profession))
            yield return new ValueNotListed("/profession");
        if (details.Title is { } title && !ApplicationLists.Titles.Has(title))
            yield return new ValueNotListed("/title");
        if (details.Country is { } country && !Countries.IsKnown(country))
            yield return new ValueNotListed("/country");
        if (details.City is { } city && !ApplicationLists.Cities.Has(city))
            yield return new ValueNotListed("/city");
        if (details.MonthsAtWork < details.MonthsInJob)
            yield return new TotalBelowCurrentJob("/monthsAtWork");
    }
}
