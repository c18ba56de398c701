namespace Serverless.Banking.Ledger;

/// <summary>Who answers for the conditional journals of which kind.</summary>
internal sealed class JournalConditions(IEnumerable<IJournalCondition> conditions)
{
    private readonly Dictionary<string, IJournalCondition> byKind = conditions.ToDictionary(condition => condition.Kind, StringComparer.Ordinal);

    /// <exception cref="ArgumentException">The journal cannot be conditional: the sweeper could not tell whether it may be posted, or could not take it back.</exception>
    public void Require(Journal journal)
    {
        if (journal.Decider is null || !byKind.ContainsKey(journal.Kind))
        {
            throw new ArgumentException($"A journal '{journal.Kind}' cannot depend on a precondition: register an {nameof(IJournalCondition)}, and touch a customer's account.");
        }
    }

    /// <exception cref="InvalidOperationException">Nobody answers for the kind (any more): the journal stays open until somebody does.</exception>
    public Task<bool> HoldsAsync(Journal journal, CancellationToken cancellation) => byKind.TryGetValue(journal.Kind, out var condition)
        ? condition.HoldsAsync(journal, cancellation)
        : throw new InvalidOperationException($"Nobody can tell whether conditional journals '{journal.Kind}' hold.");
}
