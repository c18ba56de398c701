using NodaTime;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.PensionFunds;

/// <summary>Does whatever an application needs now: passes it on, alerts, expires, gives money back, tells. Repeated, it does nothing more.</summary>
public sealed class AdvanceFund
{
    private readonly FundTable table;
    private readonly FundCourse course;

    internal AdvanceFund(FundTable table, FundCourse course) => (this.table, this.course) = (table, course);

    /// <returns>Null when there is no such application.</returns>
    public async Task<CourseProgress<FundState>?> RunAsync(Guid id, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } stored)
            return null;
        var it = (await course.ContinueAsync(stored, cancellation)).It;
        return new CourseProgress<FundState>(it.State, it.IsOver, course.WakeOf(it));
    }
}

/// <summary>Applications that are not at their end: what the sweeper starts workflows for.</summary>
public sealed class ListOpenFunds
{
    /// <summary>A draft is written in a moment; what has none after this time never will.</summary>
    private static readonly Duration Patience = Duration.FromMinutes(10);

    private readonly FundTable table;
    private readonly FundRules rules;
    private readonly BankMetrics metrics;

    internal ListOpenFunds(FundTable table, FundRules rules, BankMetrics metrics) => (this.table, this.rules, this.metrics) = (table, rules, metrics);

    /// <summary>A row of the queue whose application was never written is removed.</summary>
    public async Task<IReadOnlyList<Guid>> RunAsync(CancellationToken cancellation)
    {
        List<Guid> open = [];
        List<FundState> states = [];
        await foreach (var (row, since, id) in table.OpenAsync(cancellation))
        {
            if (await table.FindAsync(id, cancellation) is { } stored)
            {
                open.Add(id);
                states.Add(stored.It.State);
            }
            else if (rules.Now - since > Patience)
                await table.CloseAsync(row, cancellation);
        }

        metrics.Waiting("PensionFund", states);
        return open;
    }
}

/// <summary>Erases applications that came to nothing, once nobody may keep them any longer. Run by a timer; a missed day is made up for.</summary>
public sealed class EraseFunds
{
    private readonly FundTable table;
    private readonly FundRules rules;

    internal EraseFunds(FundTable table, FundRules rules) => (this.table, this.rules) = (table, rules);

    /// <returns>How many.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var erased = 0;
        await foreach (var (row, id) in table.ErasuresAsync(rules.Now, cancellation))
        {
            await table.EraseAsync(id, row, cancellation);
            erased++;
        }

        return erased;
    }
}
