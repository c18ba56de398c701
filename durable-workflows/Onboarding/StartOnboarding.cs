using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Onboarding;

namespace Serverless.Workflows.Onboarding;

/// <summary>Starts and wakes the workflow of an application.</summary>
public sealed class StartOnboarding
{
    public static string InstanceId(Guid application) => application.ToString("N");

    /// <summary>Starts the workflow of each that has none at work.</summary>
    public async Task MissingAsync(DurableTaskClient client, IReadOnlyList<Guid> open, CancellationToken cancellation)
    {
        foreach (var application in open)
            await client.StartMissingAsync(OnboardingOrchestrator.Name, InstanceId(application), application, cancellation);
    }

    /// <returns>What was entered.</returns>
    public async Task<Result<EnteredApplication>> OfAsync(DurableTaskClient client, EnteredApplication entered)
    {
        if (!entered.Application.IsOver)
            await MissingAsync(client, [entered.Application.Id], CancellationToken.None);
        return entered;
    }

    /// <summary>Tells a workflow that there is news; one that has ended needs none.</summary>
    public async Task<Result<T>> WakeAsync<T>(DurableTaskClient client, Guid application, T answer)
    {
        await client.WakeAsync(InstanceId(application), Course.Changed, CancellationToken.None);
        return answer;
    }
}
