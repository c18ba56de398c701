using Microsoft.DurableTask.Client;
using Serverless.Banking;

namespace Serverless.Workflows;

/// <summary>Tells workflows that there is news (<see cref="Course.Changed"/>); those that have ended need none.</summary>
public sealed class WakeWorkflows
{
    public async Task<Result<Nothing>> RunAsync(DurableTaskClient client, IReadOnlyList<string> instances)
    {
        foreach (var instance in instances)
            await client.WakeAsync(instance, Course.Changed, CancellationToken.None);
        return default(Nothing);
    }
}
