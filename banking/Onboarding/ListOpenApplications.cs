using NodaTime;

namespace Serverless.Banking.Onboarding;

/// <summary>Applications that are not at their end: what the sweeper starts workflows for.</summary>
public sealed class ListOpenApplications
{
    /// <summary>An application is opened in a moment; what has none after this time never will.</summary>
    private static readonly Duration Patience = Duration.FromMinutes(10);

    private readonly OnboardingTable table;
    private readonly OnboardingCourse course;

    internal ListOpenApplications(OnboardingTable table, OnboardingCourse course) => (this.table, this.course) = (table, course);

    /// <summary>A row whose application was never written, or is erased, is removed.</summary>
    public async Task<IReadOnlyList<Guid>> RunAsync(CancellationToken cancellation)
    {
        List<Guid> open = [];
        await foreach (var (row, since, id) in table.OpenAsync(cancellation))
        {
            if (await table.FindAsync(id, cancellation) is not null)
                open.Add(id);
            else if (course.Now - since > Patience)
            {
                await table.ForgetAsync(id, cancellation);
                await table.DropOpenAsync(row, cancellation);
            }
        }

        return open;
    }
}
