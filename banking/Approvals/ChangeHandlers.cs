namespace Serverless.Banking.Approvals;

/// <summary>Who carries out which kind of change.</summary>
internal sealed class ChangeHandlers(IEnumerable<IChangeHandler> handlers)
{
    private readonly Dictionary<string, IChangeHandler> byKind = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">Nobody does: a capability is not set up.</exception>
    public IChangeHandler Find(string kind) => byKind.TryGetValue(kind, out var handler)
        ? handler
        : throw new InvalidOperationException($"Nobody carries out changes '{kind}'.");
}
