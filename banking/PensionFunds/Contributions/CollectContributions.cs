using NodaTime;
using Serverless.Banking.Messages;

namespace Serverless.Banking.PensionFunds;

/// <summary>Finds the contributions due by now and hands each to whoever is free (LDP-21).</summary>
/// <remarks>Costs in proportion to what is due. Running twice, or after a missed day, is harmless: the collection decides what still holds.</remarks>
public sealed class CollectDueContributions
{
    private readonly FundTable table;
    private readonly IWorkMessages messages;

    internal CollectDueContributions(FundTable table, IWorkMessages messages) => (this.table, this.messages) = (table, messages);

    /// <returns>How many were handed out.</returns>
    public async Task<int> RunAsync(Instant now, CancellationToken cancellation)
    {
        List<ContributionToCollect> found = [];
        await foreach (var pointer in table.DueAsync(now, cancellation))
            found.Add(new ContributionToCollect(pointer.Partition, pointer.Row, pointer.Customer.Value, pointer.Fund));
        if (found.Count > 0)
            await messages.SendAsync(WorkQueues.PensionContributions, found, cancellation);
        return found.Count;
    }
}

/// <summary>The message that asks for the collection of one fund's contribution.</summary>
public sealed record ContributionToCollect(string Partition, string Row, string Customer, Guid Fund);

/// <summary>Collects one fund's contribution for every due date that has come, in order (LDP-21, LDP-28).</summary>
public sealed class CollectContribution
{
    /// <summary>Tries made up for by one message after a long stop; the timer's next run goes on.</summary>
    private const int TriesAtMost = 60;

    private readonly FundTable table;
    private readonly ContributionCourse course;
    private readonly FundRules rules;

    internal CollectContribution(FundTable table, ContributionCourse course, FundRules rules) => (this.table, this.course, this.rules) = (table, course, rules);

    /// <remarks>Comes twice, late and at the same time: each due date has one transfer, and the fund moves on under its ETag.</remarks>
    public async Task RunAsync(ContributionToCollect due, CancellationToken cancellation)
    {
        var pointer = new ContributionPointer(due.Partition, due.Row, CustomerId.Of(due.Customer), due.Fund);
        var stored = await table.FindAsync(pointer.Customer, pointer.Fund, cancellation);
        if (stored is null || FundTable.PointerOf(stored.It) != pointer)
        {
            await DropStrayAsync(pointer, cancellation);
            return;
        }

        for (var tries = 0; tries < TriesAtMost && stored?.It.Authorisation?.Next is { } next && next.At <= rules.Now; tries++)
        {
            if (stored.It.Authorisation.Running is null)
                stored = await course.BeginAsync(stored, cancellation);
            if (stored?.It.Authorisation?.Running is not null)
                stored = await course.CarryThroughAsync(stored, cancellation);
        }
    }

    /// <summary>A pointer is written before its fund, so one that leads nowhere is dropped only when nobody can be about to write that fund.</summary>
    private async Task DropStrayAsync(ContributionPointer pointer, CancellationToken cancellation)
    {
        if (await table.FindPointerAsync(pointer, cancellation) is not { } stray || !Bills.IndexRows.IsAbandoned(stray.WrittenAt, rules.Now.ToDateTimeOffset()))
            return;
        if (await table.FindAsync(pointer.Customer, pointer.Fund, cancellation) is not { } stored || FundTable.PointerOf(stored.It) != pointer)
            await table.DropPointerAsync(stray, cancellation);
    }
}
