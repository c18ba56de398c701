using Microsoft.Extensions.Options;
using Serverless.Banking.Profile;

namespace Serverless.Banking.Applications;

/// <summary>Takes the applicant's personal data (PROD-10, PROD-25).</summary>
public sealed class SavePersonalDetails
{
    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;
    private readonly IOptionsMonitor<ApplicationsOptions> options;

    internal SavePersonalDetails(ApplicationTable table, ApplicationCourse course, IOptionsMonitor<ApplicationsOptions> options) =>
        (this.table, this.course, this.options) = (table, course, options);

    /// <returns>The draft. Or, first match: <see cref="InvalidInput"/> with <see cref="ValueNotListed"/> and <see cref="ApplicantEmailMalformed"/>, <see cref="ApplicationNotFound"/>,
    /// <see cref="ApplicationNotDraft"/>.</returns>
    public async Task<Result<ProductApplication>> RunAsync(CustomerId customer, ApplicationProduct product, Guid id, PersonalDetails details, CancellationToken cancellation)
    {
        if (Faults(details).ToList() is { Count: > 0 } faults)
            return new InvalidInput(faults);
        return await table.FindAsync(id, cancellation) is { } record && record.It.Customer == customer && record.It.Product == product
            ? await course.EditAsync(record, it => it with { Personal = details }, CancellationToken.None)
            : new ApplicationNotFound();
    }

    private IEnumerable<Invalid> Faults(PersonalDetails details)
    {
        if (!ApplicationLists.ResidenceStatuses.Has(details.ResidenceStatus))
            yield return new ValueNotListed("/residenceStatus");
        if (!ApplicationLists.MaritalStatuses.Has(details.MaritalStatus))
            yield return new ValueNotListed("/maritalStatus");
        if (details.Branch is { } branch && !options.CurrentValue.Branches.ContainsKey(branch))
            yield return new ValueNotListed("/branch");
        if (details.Email is { } email && !EmailAddress.IsGood(email))
            yield return new ApplicantEmailMalformed("/email");
    }
}

/// <summary>See <see cref="EmailAddress"/>.</summary>
public sealed record ApplicantEmailMalformed(string Field) : Invalid("applicant_email_malformed", Field);
