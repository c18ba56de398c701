namespace Microsoft.DurableTask.Client;

public interface IDurableTaskClientProvider
{
    /// <param name="name">Null: the default client.</param>
    DurableTaskClient GetClient(string? name = null);
}
