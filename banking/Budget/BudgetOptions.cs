namespace Serverless.Banking.Budget;

/// <summary>Settings section <c>Budget</c>.</summary>
public sealed class BudgetOptions
{
    /// <summary>Ids of categories and expense types that can no longer be chosen; old expenses still show them.</summary>
    public ISet<string> Retired { get; } = new HashSet<string>(StringComparer.Ordinal);
}
