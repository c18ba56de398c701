using NodaTime;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Onboarding;

/// <summary>Applications that are not at their end: what the sweeper starts workflows for.</summary>
public sealed class ListOpenApplications
{
    /// <summary>An application is opened in a moment; what has none after this time never will.</summary>
    private static readonly Duration Patience = Duration.FromMinutes(10);

    private readonly OnboardingTable table;
    private readonly OnboardingCourse course;
    private readonly BankMetrics metrics;

    internal ListOpenApplications(OnboardingTable table, OnboardingCourse course, BankMetrics metrics) => (this.table, this.course, this.metrics) = (table, course, metrics);

    /// <summary>A row whose application was never written, or is erased, is removed.</summary>
    public async Task<IReadOnlyList<Guid>> RunAsync(CancellationToken cancellation)
    {
        List<Guid> open = [];
        List<OnboardingState> states = [];
        await foreach (var (row, since, id) in table.OpenAsync(cancellation))
        {
            if (await table.FindAsync(id, cancellation) is { } record)
            {
                open.Add(id);
                states.Add(record.It.State);
            }
            else if (course.Now - since > Patience)
            {
                await table.ForgetAsync(id, cancellation);
                await table.DropOpenAsync(row, cancellation);
            }
        }

        metrics.Waiting("Onboarding", states);
        return open;
    }
}
