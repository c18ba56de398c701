namespace Serverless.Banking.Ledger;

/// <summary>What a capability does once a journal of its kind is in the books and nobody waits any more, such as telling the payee. Registered once per kind of journal.</summary>
/// <remarks>
/// It runs after the answer and before the open journal is removed, so that whatever a killed process left of it the sweeper does: more than once
/// perhaps, and harmless to repeat. What throws is tried again.
/// </remarks>
public interface IJournalFollowUp
{
    /// <summary>The <see cref="Journal.Kind"/> it follows.</summary>
    string Kind { get; }

    /// <param name="posted">Complete.</param>
    Task RunAsync(PostedJournal posted, CancellationToken cancellation);

    /// <summary>The sweeper has found that the journal will never be posted, and forgets it after this: for a kind whose rows may stand without it.</summary>
    Task GiveUpAsync(Journal journal, CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>What follows the journals of which kind.</summary>
internal sealed class JournalFollowUps(IEnumerable<IJournalFollowUp> followUps)
{
    private readonly Dictionary<string, IJournalFollowUp> byKind = followUps.ToDictionary(followUp => followUp.Kind, StringComparer.Ordinal);

    public Task RunAsync(PostedJournal posted, CancellationToken cancellation) =>
        byKind.TryGetValue(posted.Journal.Kind, out var followUp) ? followUp.RunAsync(posted, cancellation) : Task.CompletedTask;

    public Task GiveUpAsync(Journal journal, CancellationToken cancellation) =>
        byKind.TryGetValue(journal.Kind, out var followUp) ? followUp.GiveUpAsync(journal, cancellation) : Task.CompletedTask;
}
