namespace Serverless.Banking.Applications;

/// <param name="AcceptedTerms">The version of the terms that was read; null for none.</param>
/// <param name="AllowsRegistry">The applicant lets the bank ask the credit registry.</param>
public sealed record ApplicationSubmission(CustomerId Customer, ApplicationProduct Product, Guid Id, string? AcceptedTerms, bool AllowsRegistry);

/// <summary>Takes a draft as it stands (PROD-12, PROD-27); from then on it does not change any more.</summary>
public sealed class SubmitApplication
{
    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;
    private readonly FindOverdraftOffer offers;

    internal SubmitApplication(ApplicationTable table, ApplicationCourse course, FindOverdraftOffer offers) => (this.table, this.course, this.offers) = (table, course, offers);

    /// <returns>The application as it was submitted, also when it was before: wake its workflow. Or, first match: <see cref="ApplicationNotFound"/>, <see cref="ApplicationNotDraft"/>,
    /// <see cref="ApplicationIncomplete"/>, <see cref="ApplicationTermsNotAccepted"/>, <see cref="RegistryConsentMissing"/>, and of an overdraft those of <see cref="StartOverdraft"/>:
    /// a salary may have changed since.</returns>
    public async Task<Result<ProductApplication>> RunAsync(ApplicationSubmission submission, CancellationToken cancellation)
    {
        if (await table.FindAsync(submission.Id, cancellation) is not { } record || record.It.Customer != submission.Customer || record.It.Product != submission.Product)
            return new ApplicationNotFound();
        if (record.It.SubmittedAt is not null)
            return record.It.AsSubmitted();
        if (record.It.SeenAt(course.Now) is { State: not ApplicationState.Draft } gone)
            return new ApplicationNotDraft(gone.State);
        if (Missing(record.It).ToList() is { Count: > 0 } missing)
            return new ApplicationIncomplete([.. missing.Select(Code)]);
        if (submission.AcceptedTerms != ApplicationTerms.Current)
            return new ApplicationTermsNotAccepted(ApplicationTerms.Current);
        if (!submission.AllowsRegistry)
            return new RegistryConsentMissing();
        if (record.It.Product == ApplicationProduct.Overdraft && await ObjectionAsync(record.It, cancellation) is { } objection)
            return objection;

        // What was checked is what is submitted: another edit in between is looked at again by the client's repeat.
        var seen = record.It;
        var changed = seen.At(ApplicationState.Submitted, course.Now) with { AcceptedTerms = submission.AcceptedTerms };
        if (await table.ReplaceAsync(record, changed, CancellationToken.None) is { } written)
            return written.It;
        record = (await table.FindAsync(seen.Id, CancellationToken.None))!;
        return record.It.SubmittedAt is not null ? record.It.AsSubmitted() : new ApplicationBusy();
    }

    public static IEnumerable<ApplicationSection> Missing(ProductApplication it)
    {
        if (it.Requested is null)
            yield return it.Product == ApplicationProduct.Overdraft ? ApplicationSection.Limit : ApplicationSection.Settings;
        if (it.Personal is null)
            yield return ApplicationSection.PersonalData;
        if (it.Work is null)
            yield return ApplicationSection.Work;
    }

    private async Task<Error?> ObjectionAsync(ProductApplication it, CancellationToken cancellation)
    {
        var offer = await offers.RunAsync(it.Customer, it.Work!.MonthsInJob, cancellation);
        if (offer.Objection is { } objection)
            return objection;
        return offer.Salary!.Account.Id == it.Account && offer.Suggested is [.., var highest] && it.Requested! <= highest
            ? null
            : new LimitNotSuggested([.. offer.Suggested.Select(Notifications.Words.Amount)]);
    }

    private static string Code(ApplicationSection section) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(section.ToString());
}
