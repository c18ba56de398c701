namespace Serverless.Banking.Applications;

/// <summary>Applications as they stand: the customer's own (PROD-28), and those that are with the desk (PROD-34).</summary>
public sealed class FindApplications
{
    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;

    internal FindApplications(ApplicationTable table, ApplicationCourse course) => (this.table, this.course) = (table, course);

    /// <returns>Or <see cref="ApplicationNotFound"/>, also for somebody else's.</returns>
    public async Task<Result<ProductApplication>> RunAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await table.FindAsync(id, cancellation) is { } record && record.It.Customer == customer ? record.It.SeenAt(course.Now) : new ApplicationNotFound();

    /// <summary>Newest first.</summary>
    public async Task<Page<ProductApplication>> ListAsync(CustomerId customer, PageRequest page, CancellationToken cancellation)
    {
        var found = await table.ListAsync(customer, page, cancellation);
        return found with { Items = [.. found.Items.Select(it => it.SeenAt(course.Now))] };
    }

    /// <summary>What is with the desk, the oldest first. A page may have fewer items than asked for and still a next one.</summary>
    public async Task<Page<ProductApplication>> ListReviewAsync(PageRequest page, CancellationToken cancellation)
    {
        var found = await table.ListReviewAsync(page, cancellation);
        return found with { Items = [.. found.Items.Where(it => it.SeenAt(course.Now).State == ApplicationState.InReview)] };
    }

    /// <summary>Any customer's, for the desk; drafts are nobody's business but the applicant's.</summary>
    /// <returns>Or <see cref="ApplicationNotFound"/>.</returns>
    public async Task<Result<ProductApplication>> ForDeskAsync(Guid id, CancellationToken cancellation) =>
        await table.FindAsync(id, cancellation) is { It.SubmittedAt: not null } record ? record.It.SeenAt(course.Now) : new ApplicationNotFound();
}
