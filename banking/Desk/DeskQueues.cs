using NodaTime;

namespace Serverless.Banking.Desk;

/// <summary>The queues that the capabilities have registered.</summary>
public sealed class DeskQueues
{
    /// <summary>More are not counted: who has so many knows enough.</summary>
    public const int CountedAtMost = 100;

    private readonly Dictionary<string, IDeskQueue> byName;
    private readonly TimeProvider time;

    internal DeskQueues(IEnumerable<IDeskQueue> queues, TimeProvider time) =>
        (byName, this.time) = (queues.ToDictionary(queue => queue.Name, StringComparer.Ordinal), time);

    public IReadOnlyCollection<IDeskQueue> All => byName.Values;

    public IDeskQueue? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>How much waits for the queue's own people, and how urgently.</summary>
    public async Task<DeskCount> CountAsync(IDeskQueue queue, CancellationToken cancellation)
    {
        List<DeskCase> cases = [];
        var after = (string?)null;
        do
        {
            var page = await queue.ListAsync(new PageRequest(PageRequest.MaxLimit, after), cancellation);
            cases.AddRange(page.Items.Where(it => it.WaitsFor is DeskWaits.Desk or DeskWaits.SecondPerson));
            after = page.Next;
        }
        while (after is not null && cases.Count < CountedAtMost);

        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        return new DeskCount(
            Math.Min(cases.Count, CountedAtMost), after is not null, cases.Count(it => it.Deadline <= now),
            cases.Count == 0 ? null : cases.Min(it => it.OpenedAt), cases.Min(it => it.Deadline));
    }
}

/// <param name="Waiting">At most <see cref="DeskQueues.CountedAtMost"/>.</param>
/// <param name="IsMore">There may be more than were counted.</param>
/// <param name="NextDeadline">The nearest; null when none of them has one.</param>
public sealed record DeskCount(int Waiting, bool IsMore, int Overdue, Instant? Oldest, Instant? NextDeadline);
