using NodaTime;
using Serverless.Banking.Audit;

namespace Serverless.Banking.Onboarding;

/// <summary>The applications that compliance looks at (ONB-30).</summary>
public sealed class ReviewCases
{
    /// <summary>An application is held in a moment; a row that leads nowhere after this time never will.</summary>
    private static readonly Duration Patience = Duration.FromMinutes(10);

    private readonly OnboardingTable table;
    private readonly OnboardingCourse course;
    private readonly RecordAudit audit;

    internal ReviewCases(OnboardingTable table, OnboardingCourse course, RecordAudit audit) => (this.table, this.course, this.audit) = (table, course, audit);

    /// <returns>The oldest first.</returns>
    public async Task<Page<OnboardingApplication>> ListAsync(PageRequest page, CancellationToken cancellation)
    {
        List<(string Row, OnboardingApplication It)> found = [];
        await foreach (var (row, since, id) in table.ReviewsAsync(page.After ?? "", cancellation))
        {
            if (await table.FindAsync(id, cancellation) is { It: { State: OnboardingState.IdentityReview } held } && held.Review!.OpenedAt == since)
            {
                if (found.Count == page.Limit)
                    return new Page<OnboardingApplication>([.. found.Select(one => one.It)], found[^1].Row);
                found.Add((row, held));
            }
            else if (course.Now - since > Patience)
                await table.DropReviewAsync(row, cancellation);
        }

        return new Page<OnboardingApplication>([.. found.Select(one => one.It)], null);
    }

    /// <summary>Everything about an applicant; who looks is recorded first.</summary>
    /// <returns>Or <see cref="OnboardingNotFound"/>.</returns>
    public async Task<Result<OnboardingApplication>> OpenAsync(Guid id, AuditActor officer, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } stored)
            return new OnboardingNotFound();
        await audit.RunAsync(new AuditEvent(officer, "onboarding_read", $"onboarding/{id:D}"), cancellation);
        return stored.It;
    }
}
