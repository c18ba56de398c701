namespace Serverless.Banking.Applications;

/// <summary>Does whatever an application needs now: asks, scores, offers, sets the limit, expires, tells. Repeated, it does nothing more.</summary>
public sealed class AdvanceApplication
{
    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;

    internal AdvanceApplication(ApplicationTable table, ApplicationCourse course) => (this.table, this.course) = (table, course);

    /// <returns>Null when there is no such application.</returns>
    public async Task<CourseProgress<ApplicationState>?> RunAsync(Guid id, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } record)
            return null;
        var it = (await course.ContinueAsync(record, cancellation)).It;
        return new CourseProgress<ApplicationState>(it.State, it.IsOver, course.WakeOf(it));
    }
}
